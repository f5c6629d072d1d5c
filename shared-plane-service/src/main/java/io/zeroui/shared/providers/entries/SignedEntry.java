package io.zeroui.shared.providers.entries;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.json.CanonicalJson;
import io.zeroui.contracts.metadata.Finding;
import io.zeroui.contracts.metadata.MetadataOnlyRule;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.signature.DocumentSigner;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.ReceiptSignature;

/**
 * A document with the signature under it, {@code {"kind":"model","name":…,"version":…,…,"signature":"sig-ed25519:{kid}:{base64}"}}: the
 * signature is over the canonical form without it, as receipts have it.
 *
 * @param document as it came; nobody changes it
 * @param content what it says
 * @param signature who says it
 * @param hash SHA-256 of the canonical form, with the signature
 */
public record SignedEntry(ObjectNode document, EntryContent content, ReceiptSignature signature, Hash hash) {

    /** Most bytes of a document: far too few for a model's weights. */
    public static final int MAX_BYTES = 65_536;

    private static final String KIND = "kind";
    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .build();

    /**
     * Reads a document; its signature is not checked yet.
     *
     * @throws InvalidEntry when it is not of its kind's form, too long, or has something in it that is no metadata
     */
    public static SignedEntry read(ObjectNode document) throws InvalidEntry {
        byte[] canonical = canonical(document);
        Finding finding = MetadataOnlyRule.find(document);
        if (finding != null) {
            throw new InvalidEntry("the registry keeps metadata only: " + finding.what() + " at " + (finding.path().isEmpty() ? "/" : finding.path()));
        }
        return new SignedEntry(document, content(document), signature(document), Hash.of(canonical));
    }

    private static byte[] canonical(ObjectNode document) throws InvalidEntry {
        try {
            byte[] canonical = CanonicalJson.of(document);
            if (canonical.length <= MAX_BYTES) {
                return canonical;
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidEntry("the document has no canonical form");
        }
        throw new InvalidEntry("a document has at most " + MAX_BYTES + " bytes");
    }

    private static EntryContent content(ObjectNode document) throws InvalidEntry {
        try {
            EntryKind kind = EntryKind.ofKey(document.path(KIND).asText());
            ObjectNode members = document.deepCopy();
            members.remove(KIND);
            members.remove(DocumentSigner.MEMBER);
            Class<? extends EntryContent> type = switch (kind) {
                case PROVIDER -> ProviderContent.class;
                case MODEL -> ModelContent.class;
                case ADAPTER -> AdapterContent.class;
            };
            return EXACT.treeToValue(members, type);
        } catch (JsonProcessingException e) {
            throw new InvalidEntry(e.getCause() instanceof IllegalArgumentException ours ? String.valueOf(ours.getMessage())
                    : "a member is missing, unknown or of the wrong form: " + e.getOriginalMessage().lines().findFirst().orElse("").split("[(]")[0].strip());
        } catch (IllegalArgumentException e) {
            throw new InvalidEntry(String.valueOf(e.getMessage()));
        }
    }

    private static ReceiptSignature signature(ObjectNode document) throws InvalidEntry {
        try {
            return ReceiptSignature.parse(document.path(DocumentSigner.MEMBER).asText());
        } catch (IllegalArgumentException e) {
            throw new InvalidEntry("the document has no signature of the form sig-ed25519:{kid}:{base64}");
        }
    }

    /** Whether the signature is this key's. */
    public boolean isSignedBy(Ed25519PublicKey key) {
        return DocumentSigner.verify(document, signature, key);
    }
}
