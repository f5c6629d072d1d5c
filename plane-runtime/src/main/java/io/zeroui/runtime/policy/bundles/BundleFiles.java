package io.zeroui.runtime.policy.bundles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.json.CanonicalJson;
import io.zeroui.contracts.policy.Enforcement;
import io.zeroui.contracts.policy.overlay.OverlayRule;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.policy.bundles.BundlePlan.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/**
 * The files of one bundle:
 *
 * <pre>
 * .manifest                                 revision, roots, version of Rego
 * .signatures.json                          where there is a key
 * zeroui/release/data.json                  in the bundle of all: tenant, release, ids of the policies
 * zeroui/policies/{policy-id}/data.json     what data.zeroui.policies["{policy-id}"] is to a rule
 * zeroui/rules/{policy-id}/{module}.rego    where the policy's content has modules
 * </pre>
 *
 * <p>
 * The same files make the same bytes: names are sorted, and entries have no time, no owner and no name of a machine.
 */
final class BundleFiles {

    static final String MANIFEST = ".manifest";
    static final String SIGNATURES = ".signatures.json";
    private static final String ROOT = "zeroui";
    private static final int REGO_VERSION = 1;
    private static final int REVISION_HASH = 16;
    private static final int OS_UNKNOWN = 255;
    private static final int MODE = 0100644;

    private final BundlePlan plan;
    private final long maxBytes;
    private final SortedMap<String, byte[]> files = new TreeMap<>();
    /** As OPA computes them. */
    private final SortedMap<String, String> digests = new TreeMap<>();
    private long length;

    BundleFiles(BundlePlan plan, long maxBytes) {
        this.plan = plan;
        this.maxBytes = maxBytes;
        if (plan.name().equals(BundlePlan.ALL)) {
            ObjectNode release = JsonNodeFactory.instance.objectNode().put("tenant_id", plan.tenant().value()).put("release", plan.release())
                    .put("fresh", plan.fresh());
            ArrayNode ids = release.putArray("policies");
            plan.parts().forEach(part -> ids.add(part.policy().policyId()));
            json(ROOT + "/release/data.json", release);
        }
    }

    /**
     * Adds a policy.
     *
     * @param snapshot what was signed
     * @throws BundleTooLarge when the bundle is larger than it may be
     */
    void add(Part part, JsonNode snapshot) {
        String policyId = part.policy().policyId();
        JsonNode content = snapshot.path("policy_content");
        ObjectNode data = JsonNodeFactory.instance.objectNode().put("policy_id", policyId).put("version", part.policy().version())
                .put("policy_version_id", part.policy().id()).put("snapshot_hash", snapshot.path("snapshot_hash").asText())
                .put("state", part.state(plan.fresh())).put("fail_mode", part.failMode().key());
        if (part.killedUntil() != null) {
            data.put("killed_until", part.killedUntil().toString());
        }
        OverlayRule.enforced(snapshot.path("metadata").path("enforcement").asText(), part.added())
                .map(Enforcement::key).ifPresent(key -> data.put("enforcement", key));
        if (snapshot.has("metadata")) {
            data.set("metadata", snapshot.get("metadata"));
        }
        data.set("content", content);
        RegoModules modules = RegoModules.in(policyId, content);
        modules.leftOut().forEach((name, reason) -> data.withObject("/modules_left_out").put(name, reason));
        json(ROOT + "/policies/" + policyId + "/data.json", data);
        modules.taken().forEach((name, text) -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            file(ROOT + "/" + RegoModules.RULES + "/" + policyId + "/" + name + ".rego", bytes, OpaDigest.ofBytes(bytes));
        });
    }

    /** The bundle; nothing can be added then. */
    PolicyBundle finish(Optional<BundleSigner> signer) {
        String revision = revision();
        ObjectNode manifest = JsonNodeFactory.instance.objectNode().put("revision", revision).put("rego_version", REGO_VERSION);
        ArrayNode roots = manifest.putArray("roots");
        if (plan.name().equals(BundlePlan.ALL)) {
            roots.add(ROOT);
        } else {
            roots.add(ROOT + "/policies/" + plan.name()).add(ROOT + "/" + RegoModules.RULES + "/" + plan.name());
        }
        json(MANIFEST, manifest);
        signer.ifPresent(signs -> files.put(SIGNATURES, signatures(signs)));
        return PolicyBundle.of(revision, archive());
    }

    /** {@code {release}-{hash}}, of one policy {@code {policy-id}-{version}-{hash}}; the hash is of all other files. */
    private String revision() {
        StringBuilder listing = new StringBuilder();
        digests.forEach((name, digest) -> listing.append(digest).append("  ").append(name).append('\n'));
        String hash = Hash.of(listing.toString().getBytes(StandardCharsets.UTF_8)).hex().substring(0, REVISION_HASH);
        return (plan.name().equals(BundlePlan.ALL) ? Long.toString(plan.release()) : plan.parts().get(0).policy().id()) + "-" + hash;
    }

    private byte[] signatures(BundleSigner signer) {
        ObjectNode payload = JsonNodeFactory.instance.objectNode().put("keyid", signer.keyId());
        ArrayNode list = payload.putArray("files");
        digests.forEach((name, digest) -> list.addObject().put("name", name).put("hash", digest).put("algorithm", "SHA-256"));
        if (signer.scope() != null) {
            payload.put("scope", signer.scope());
        }
        ObjectNode signatures = JsonNodeFactory.instance.objectNode();
        signatures.putArray("signatures").add(signer.sign(new String(CanonicalJson.of(payload), StandardCharsets.UTF_8)));
        return CanonicalJson.of(signatures);
    }

    private void json(String name, ObjectNode value) {
        file(name, CanonicalJson.of(value), OpaDigest.ofJson(value));
    }

    private void file(String name, byte[] bytes, String digest) {
        length += bytes.length;
        if (length > maxBytes) {
            throw new BundleTooLarge(maxBytes);
        }
        files.put(name, bytes);
        digests.put(name, digest);
    }

    private byte[] archive() {
        GzipParameters plain = new GzipParameters();
        plain.setOperatingSystem(OS_UNKNOWN);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(bytes, plain), StandardCharsets.UTF_8.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                tar.putArchiveEntry(entry(file.getKey(), file.getValue().length));
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
        }
        return bytes.toByteArray();
    }

    private static TarArchiveEntry entry(String name, int length) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(length);
        entry.setMode(MODE);
        entry.setModTime(FileTime.fromMillis(0));
        entry.setIds(0, 0);
        entry.setNames("", "");
        return entry;
    }
}
