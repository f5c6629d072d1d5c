package io.zeroui.contracts.policy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.json.CanonicalJson;
import io.zeroui.contracts.json.InvalidJson;
import io.zeroui.contracts.json.JsonLimits;
import io.zeroui.contracts.json.StrictJson;
import io.zeroui.contracts.metadata.Finding;
import io.zeroui.contracts.metadata.MetadataOnlyRule;
import io.zeroui.contracts.policy.InvalidPolicy.Reason;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.signature.DocumentSigner;
import io.zeroui.contracts.signature.Ed25519PrivateKey;
import io.zeroui.contracts.signature.ReceiptSignature;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.function.Function;

/**
 * Snapshots as bytes: one canonical JSON object (RFC 8785) with {@code policy_id}, {@code version}, {@code snapshot_hash}
 * ({@code sha256:} and the SHA-256 of the canonical {@code policy_content} in hex), {@code policy_content}, {@code timestamp_utc},
 * {@code metadata} ({@code type}, {@code scope}, {@code enforcement}) and {@code signature} over all the others.
 */
public final class PolicySnapshotCodec {

    /** Limits of a snapshot: 1 MiB, depth 32, strings of 64 Ki, numbers of 64 characters, 65,536 members. */
    public static final JsonLimits LIMITS = new JsonLimits(1 << 20, 32, 65_536, 64, 65_536);

    static final String CONTENT = "policy_content";

    private PolicySnapshotCodec() {
    }

    /** The hash of a content: SHA-256 of its canonical form. */
    public static Hash hash(ObjectNode content) {
        return Hash.of(CanonicalJson.of(content));
    }

    /**
     * A new snapshot, signed.
     *
     * @throws InvalidPolicy when the content is too large or too deep, or contains source code, a secret or personal data
     */
    public static byte[] sign(PolicyVersion id, PolicyLabels labels, ObjectNode content, Instant at, Kid kid, Ed25519PrivateKey key)
            throws InvalidPolicy {
        ObjectNode document = JsonNodeFactory.instance.objectNode()
                .put("policy_id", id.policyId())
                .put("version", id.version())
                .put("timestamp_utc", at.toString());
        try {
            document.put("snapshot_hash", hash(content).prefixed()).set(CONTENT, content);
            document.putObject("metadata").put("type", labels.type()).put("scope", labels.scope())
                    .put("enforcement", labels.enforcement().key());
            if (CanonicalJson.of(document).length > LIMITS.maxBytes()) {
                throw new InvalidPolicy(Reason.TOO_LARGE, "a snapshot has at most " + LIMITS.maxBytes() + " bytes", "/" + CONTENT);
            }
            document.put(DocumentSigner.MEMBER, DocumentSigner.signature(document, kid, key).format());
            byte[] bytes = CanonicalJson.of(document);
            PolicySnapshot readable = read(bytes);
            assert readable.id().equals(id);
            return bytes;
        } catch (IllegalArgumentException e) {
            throw new InvalidPolicy(Reason.MALFORMED, "the content has no canonical form: " + e.getMessage(), "/" + CONTENT);
        }
    }

    /**
     * Reads a snapshot. The signature is not checked, see {@link PolicySnapshot#isSignedBy}.
     *
     * @throws InvalidPolicy when it is none, its hash is not that of its content, or it contains what it must not
     */
    public static PolicySnapshot read(byte[] bytes) throws InvalidPolicy {
        ObjectNode document;
        try {
            document = StrictJson.parseObject(bytes, LIMITS);
        } catch (InvalidJson e) {
            throw switch (e.reason()) {
                case TOO_LARGE -> new InvalidPolicy(Reason.TOO_LARGE, "a snapshot is too large: " + e.detail(), "");
                case TOO_DEEP -> new InvalidPolicy(Reason.TOO_DEEP, "a snapshot is nested at most " + LIMITS.maxDepth() + " deep", "");
                default -> new InvalidPolicy(Reason.MALFORMED, e.detail(), "");
            };
        }
        if (!(document.get(CONTENT) instanceof ObjectNode content)) {
            throw new InvalidPolicy(Reason.INVALID_MEMBER, "policy_content must be an object", "/" + CONTENT);
        }
        requireMetadataOnly(document, content);
        PolicyVersion id = member(document, "policy_id", policyId -> new PolicyVersion(policyId, document.path("version").asText()));
        PolicyLabels labels = member(document.path("metadata"), "type", type -> new PolicyLabels(type,
                document.path("metadata").path("scope").asText(),
                Enforcement.ofKey(document.path("metadata").path("enforcement").asText())));
        Hash hash = member(document, "snapshot_hash", Hash::parse);
        if (!hash.equals(hash(content)) || !document.path("snapshot_hash").asText().equals(hash.prefixed())) {
            throw new InvalidPolicy(Reason.OTHER_HASH, "snapshot_hash is not the hash of policy_content", "/snapshot_hash");
        }
        return new PolicySnapshot(document, id, labels, hash, member(document, "timestamp_utc", Instant::parse),
                member(document, DocumentSigner.MEMBER, ReceiptSignature::parse));
    }

    /** The content is looked at by itself too: a member of it that is called signature is content. */
    private static void requireMetadataOnly(ObjectNode document, ObjectNode content) throws InvalidPolicy {
        Finding finding = MetadataOnlyRule.find(JsonNodeFactory.instance.objectNode().set(CONTENT, content));
        if (finding == null) {
            finding = MetadataOnlyRule.find(document);
        }
        if (finding != null) {
            throw new InvalidPolicy(switch (finding.kind()) {
                case SOURCE_CODE -> Reason.CONTAINS_SOURCE_CODE;
                case SECRET -> Reason.CONTAINS_SECRET;
                case PERSONAL_DATA -> Reason.CONTAINS_PERSONAL_DATA;
            }, "a policy must not contain " + finding.what(), finding.path());
        }
    }

    private static <T> T member(JsonNode object, String name, Function<String, T> of) throws InvalidPolicy {
        JsonNode value = object.path(name);
        if (!value.isTextual()) {
            throw new InvalidPolicy(Reason.INVALID_MEMBER, name + " must be a text", "/" + name);
        }
        try {
            return of.apply(value.textValue());
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new InvalidPolicy(Reason.INVALID_MEMBER, String.valueOf(e.getMessage()), "/" + name);
        }
    }
}
