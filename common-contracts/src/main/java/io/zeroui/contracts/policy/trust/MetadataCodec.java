package io.zeroui.contracts.policy.trust;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.trust.Metadata.Root;
import io.zeroui.contracts.policy.trust.Metadata.Snapshot;
import io.zeroui.contracts.policy.trust.Metadata.Target;
import io.zeroui.contracts.policy.trust.Metadata.Targets;
import io.zeroui.contracts.policy.trust.Metadata.Timestamp;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Metadata as JSON (TUF §4.3 to §4.6), with {@code tenant_id} in all but the root and {@code issued_at} in a timestamp. */
public final class MetadataCodec {

    private static final String SPEC_VERSION = "1.0.34";
    private static final String SNAPSHOT_FILE = "snapshot.json";
    private static final String TARGETS_FILE = "targets.json";

    private MetadataCodec() {
    }

    /** The document, signed by these keys. */
    public static byte[] sign(Metadata metadata, List<Ed25519KeyPair> keys) {
        return signBy(metadata, keys.stream().map(MetadataSigner::of).toList());
    }

    /** The document, signed by these. Times are cut to seconds, as TUF has them. */
    public static byte[] signBy(Metadata metadata, List<MetadataSigner> signers) {
        ObjectNode signed = object().put("_type", role(metadata).key()).put("spec_version", SPEC_VERSION)
                .put("version", metadata.version()).put("expires", time(metadata.expires()));
        if (metadata instanceof Root root) {
            signed.put("consistent_snapshot", true);
            ObjectNode listed = signed.putObject("keys");
            root.keys().forEach((id, key) -> listed.set(id, KeyIds.object(key)));
            ObjectNode roles = signed.putObject("roles");
            root.roles().forEach((name, role) -> {
                ObjectNode one = roles.putObject(name.key()).put("threshold", role.threshold());
                role.keyIds().stream().sorted().forEach(one.putArray("keyids")::add);
            });
        } else if (metadata instanceof Timestamp timestamp) {
            signed.put("tenant_id", timestamp.tenant().value()).put("issued_at", time(timestamp.issuedAt()))
                    .putObject("meta").set(SNAPSHOT_FILE, meta(timestamp.snapshot()));
        } else if (metadata instanceof Snapshot snapshot) {
            signed.put("tenant_id", snapshot.tenant().value()).putObject("meta").set(TARGETS_FILE, meta(snapshot.targets()));
        } else if (metadata instanceof Targets targets) {
            ObjectNode listed = signed.put("tenant_id", targets.tenant().value()).putObject("targets");
            new TreeMap<>(targets.targets()).forEach((policy, target) -> {
                ObjectNode one = listed.putObject(policy.path()).put("length", target.length());
                one.putObject("hashes").put("sha256", target.sha256().hex());
                one.set("custom", target.custom());
            });
        }
        return SignedMetadata.sign(signed, signers);
    }

    private static RoleName role(Metadata metadata) {
        if (metadata instanceof Root) {
            return RoleName.ROOT;
        }
        if (metadata instanceof Timestamp) {
            return RoleName.TIMESTAMP;
        }
        return metadata instanceof Snapshot ? RoleName.SNAPSHOT : RoleName.TARGETS;
    }

    static Root root(SignedMetadata document) throws PolicyRefused {
        return read(document, RoleName.ROOT, signed -> {
            Map<String, Ed25519PublicKey> keys = new HashMap<>();
            for (Map.Entry<String, JsonNode> each : members(signed, "keys")) {
                Ed25519PublicKey key = key(each.getValue());
                if (!KeyIds.of(key).equals(each.getKey())) {
                    throw new IllegalArgumentException("a key whose id is not its own");
                }
                keys.put(each.getKey(), key);
            }
            Map<RoleName, Role> roles = new EnumMap<>(RoleName.class);
            for (RoleName name : RoleName.values()) {
                roles.put(name, role(signed.path("roles").path(name.key())));
            }
            return new Root(number(signed, "version"), time(signed, "expires"), keys, roles);
        });
    }

    static Timestamp timestamp(SignedMetadata document) throws PolicyRefused {
        return read(document, RoleName.TIMESTAMP, signed -> new Timestamp(tenant(signed), number(signed, "version"), time(signed, "expires"),
                time(signed, "issued_at"), meta(signed, SNAPSHOT_FILE)));
    }

    static Snapshot snapshot(SignedMetadata document) throws PolicyRefused {
        return read(document, RoleName.SNAPSHOT, signed -> new Snapshot(tenant(signed), number(signed, "version"), time(signed, "expires"),
                meta(signed, TARGETS_FILE)));
    }

    static Targets targets(SignedMetadata document) throws PolicyRefused {
        return read(document, RoleName.TARGETS, signed -> {
            Map<PolicyVersion, Target> targets = new HashMap<>();
            for (Map.Entry<String, JsonNode> each : members(signed, "targets")) {
                JsonNode one = each.getValue();
                targets.put(PolicyVersion.ofPath(each.getKey()), new Target(Math.toIntExact(number(one, "length")),
                        Hash.parse(text(one.path("hashes"), "sha256")), one.has("custom") ? one.get("custom") : object()));
            }
            return new Targets(tenant(signed), number(signed, "version"), time(signed, "expires"), targets);
        });
    }

    /** Reads one kind of document. */
    private interface Reader<T> {
        T read(ObjectNode signed);
    }

    private static <T> T read(SignedMetadata document, RoleName role, Reader<T> reader) throws PolicyRefused {
        ObjectNode signed = document.signed();
        if (!signed.path("_type").asText().equals(role.key())) {
            throw new PolicyRefused(PolicyObjection.WRONG_ROLE, "of the role " + signed.path("_type").asText() + ", not " + role.key());
        }
        if (!signed.path("spec_version").asText().startsWith("1.")) {
            throw new PolicyRefused(PolicyObjection.MALFORMED, "of another version of the specification");
        }
        try {
            return reader.read(signed);
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw new PolicyRefused(PolicyObjection.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode meta(FileMeta promised) {
        ObjectNode meta = object().put("version", promised.version()).put("length", promised.length());
        meta.putObject("hashes").put("sha256", promised.sha256().hex());
        return meta;
    }

    private static FileMeta meta(ObjectNode signed, String file) {
        JsonNode meta = signed.path("meta").path(file);
        return new FileMeta(number(meta, "version"), Math.toIntExact(number(meta, "length")), Hash.parse(text(meta.path("hashes"), "sha256")));
    }

    private static Ed25519PublicKey key(JsonNode object) {
        if (!object.path("keytype").asText().equals(KeyIds.TYPE) || !object.path("scheme").asText().equals(KeyIds.TYPE)) {
            throw new IllegalArgumentException("a key of another kind than " + KeyIds.TYPE);
        }
        return Ed25519PublicKey.ofRaw(HexFormat.of().parseHex(text(object.path("keyval"), "public")));
    }

    private static Role role(JsonNode object) {
        Set<String> keyIds = new HashSet<>();
        for (JsonNode id : object.path("keyids")) {
            if (!keyIds.add(id.asText())) {
                throw new IllegalArgumentException("a role that has a key twice");
            }
        }
        return new Role(keyIds, Math.toIntExact(number(object, "threshold")));
    }

    private static Iterable<Map.Entry<String, JsonNode>> members(ObjectNode signed, String name) {
        if (!(signed.get(name) instanceof ObjectNode object)) {
            throw new IllegalArgumentException("metadata without the object " + name);
        }
        return object.properties();
    }

    private static TenantId tenant(ObjectNode signed) {
        return TenantId.of(text(signed, "tenant_id"));
    }

    private static String text(JsonNode object, String name) {
        JsonNode value = object.get(name);
        if (value == null || !value.isTextual()) {
            throw new IllegalArgumentException("metadata without the text " + name);
        }
        return value.textValue();
    }

    private static long number(JsonNode object, String name) {
        JsonNode value = object.get(name);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException("metadata without the number " + name);
        }
        return value.longValue();
    }

    private static Instant time(ObjectNode object, String name) {
        return Instant.parse(text(object, name));
    }

    private static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
