package io.zeroui.contracts.rulings;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.json.CanonicalJson;
import io.zeroui.contracts.json.InvalidJson;
import io.zeroui.contracts.json.JsonLimits;
import io.zeroui.contracts.json.StrictJson;
import io.zeroui.contracts.policy.trust.MetadataSigner;
import io.zeroui.contracts.signature.DocumentSigner;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.ReceiptSignature;

/**
 * Rulings as canonical JSON with a {@code signature} member of the same form as a receipt's, over the document without it. A reader
 * ignores members that it does not know; they are signed all the same.
 */
public final class RulingsCodec {

    /** Most bytes of a document: it goes in one event. */
    public static final int MAX_BYTES = 3 << 20;

    static final JsonLimits LIMITS = new JsonLimits(MAX_BYTES, 16, 16_384, 24, 500_000);

    private static final int KID_DIGITS = 16;
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private RulingsCodec() {
    }

    /** How a key is named in signatures: the first 16 hex digits of the SHA-256 of its raw form. */
    public static Kid kid(Ed25519PublicKey key) {
        String fingerprint = key.fingerprint();
        int hex = fingerprint.indexOf(':') + 1;
        return Kid.of(fingerprint.substring(hex, hex + KID_DIGITS));
    }

    /**
     * The signed document.
     *
     * @throws IllegalArgumentException when it would be larger than {@link #MAX_BYTES}
     */
    public static SignedRulings sign(Rulings rulings, MetadataSigner signer) {
        ObjectNode document = MAPPER.valueToTree(rulings);
        byte[] signature = signer.sign(CanonicalJson.ofWithout(document, DocumentSigner.MEMBER));
        document.put(DocumentSigner.MEMBER, new ReceiptSignature(kid(signer.publicKey()), signature).format());
        byte[] bytes = CanonicalJson.of(document);
        if (bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("rulings of " + bytes.length + " bytes: more than " + MAX_BYTES);
        }
        return SignedRulings.of(rulings, bytes);
    }

    /** How many bytes a part of the document takes in its canonical form. */
    public static int sizeOf(Object part) {
        return CanonicalJson.of(MAPPER.valueToTree(part)).length;
    }

    static ObjectNode parse(byte[] document) throws RulingsRefused {
        if (document.length > MAX_BYTES) {
            throw new RulingsRefused(RulingsObjection.TOO_LARGE, document.length + " bytes");
        }
        try {
            return StrictJson.parseObject(document, LIMITS);
        } catch (InvalidJson e) {
            throw new RulingsRefused(RulingsObjection.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    static Rulings read(ObjectNode document) throws RulingsRefused {
        try {
            return MAPPER.treeToValue(document, Rulings.class);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new RulingsRefused(RulingsObjection.MALFORMED, "not of the form of rulings");
        }
    }
}
