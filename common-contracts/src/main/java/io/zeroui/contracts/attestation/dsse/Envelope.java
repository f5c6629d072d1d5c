package io.zeroui.contracts.attestation.dsse;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.contracts.attestation.AttestationRefused;
import io.zeroui.contracts.attestation.Members;
import io.zeroui.contracts.attestation.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A DSSE envelope: bytes, what they are, and signatures over both.
 *
 * @param payloadType a media type or URI
 * @param payload the bytes; nobody changes them
 * @param signatures none to {@link #SIGNATURES_MOST}
 */
public record Envelope(String payloadType, byte[] payload, List<EnvelopeSignature> signatures) {

    /** The payload type of in-toto statements. */
    public static final String IN_TOTO = "application/vnd.in-toto+json";

    /** Signatures that are read. */
    public static final int SIGNATURES_MOST = 32;

    private static final Members MEMBERS = new Members(Reason.MALFORMED_ENVELOPE);
    private static final String VERSION = "DSSEv1";

    public Envelope {
        signatures = List.copyOf(signatures);
    }

    /** Whether the object has the members of an envelope. */
    public static boolean looksLike(JsonNode object) {
        return object.has("payload") && object.has("payloadType");
    }

    /**
     * Reads an envelope. Without signatures it can be read too; it is never verified.
     *
     * @throws AttestationRefused when a member is missing or has another form
     */
    public static Envelope read(JsonNode object) throws AttestationRefused {
        List<EnvelopeSignature> signatures = new ArrayList<>();
        for (JsonNode signature : MEMBERS.array(object, "signatures", SIGNATURES_MOST)) {
            String keyId = MEMBERS.optionalText(signature, "keyid");
            signatures.add(new EnvelopeSignature(keyId == null ? "" : keyId, MEMBERS.base64(signature, "sig")));
        }
        String payload = MEMBERS.optionalText(object, "payload");
        if (payload == null) {
            throw MEMBERS.refused("payload is missing");
        }
        return new Envelope(MEMBERS.text(object, "payloadType"), Members.base64(payload, "payload"), signatures);
    }

    /**
     * What is signed: {@code DSSEv1}, and of type and payload the length in bytes and the bytes, with spaces between. The
     * lengths make two different pairs of type and payload two different texts.
     */
    public byte[] preAuthenticationEncoding() {
        byte[] type = payloadType.getBytes(StandardCharsets.UTF_8);
        byte[] start = (VERSION + ' ' + type.length + ' ').getBytes(StandardCharsets.US_ASCII);
        byte[] middle = (" " + payload.length + ' ').getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(start.length + type.length + middle.length + payload.length)
                .put(start).put(type).put(middle).put(payload).array();
    }

    /**
     * The in-toto statement in it; empty when the payload is of another type.
     *
     * @throws AttestationRefused when the payload type says that it is one and it is not
     */
    public Optional<Statement> statement() throws AttestationRefused {
        return payloadType.equals(IN_TOTO) ? Optional.of(Statement.read(payload)) : Optional.empty();
    }
}
