package io.zeroui.product.policy.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.StartupEvent;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.policy.InvalidPolicy;
import io.zeroui.contracts.policy.PolicyLabels;
import io.zeroui.contracts.policy.PolicySnapshotCodec;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.signature.Ed25519PrivateKey;
import io.zeroui.contracts.signature.SpkiPem;
import io.zeroui.runtime.fabric.DurableFiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The key that snapshots are signed with. Its id is {@code policy-} and the first 16 hex digits of its fingerprint, so another key
 * has another id; the public key is in {@code product/{region}/policy/trust/pubkeys}.
 */
@ApplicationScoped
public class SnapshotSigner {

    private static final Logger LOG = Logger.getLogger(SnapshotSigner.class);

    private final RegistryFolders folders;
    private final @Nullable Ed25519PrivateKey key;

    /** @throws IllegalStateException when the configured key is not a seed in hex */
    public SnapshotSigner(PolicyConfig config, RegistryFolders folders) {
        this.folders = folders;
        this.key = config.snapshotKey().filter(text -> !text.isBlank()).map(SnapshotSigner::key).orElse(null);
    }

    /** A key that is none is found at the start. */
    void start(@Observes StartupEvent event) {
        Ed25519PrivateKey own = key;
        if (own == null) {
            LOG.warn("no policy can be drafted: ZEROUI_POLICY_SNAPSHOT_KEY is not set");
            return;
        }
        try {
            show(own);
        } catch (IOException e) {
            LOG.warnf("the key of the policies' snapshots is not in its folder yet: %s", e.getMessage());
        }
    }

    /** The id of the key; empty where there is none. */
    public Optional<Kid> kid() {
        return Optional.ofNullable(key).map(SnapshotSigner::kid);
    }

    /**
     * The bytes of a new snapshot; by then its key is where those look who verify it.
     *
     * @throws IllegalStateException where there is no key
     * @throws InvalidPolicy when the content must not be one
     */
    byte[] sign(PolicyVersion id, PolicyLabels labels, ObjectNode content, Instant at) throws InvalidPolicy {
        Ed25519PrivateKey own = key;
        if (own == null) {
            throw new IllegalStateException("there is no key for snapshots");
        }
        try {
            show(own);
        } catch (IOException e) {
            throw new IllegalStateException("the key of the snapshots cannot be written: " + e.getMessage(), e);
        }
        return PolicySnapshotCodec.sign(id, labels, content, at, kid(own), own);
    }

    private void show(Ed25519PrivateKey own) throws IOException {
        Path file = ZuRoot.keyFile(folders.root().productTrustFolder(folders.region()), kid(own));
        if (!file.toFile().exists() && DurableFiles.writeNew(file, SpkiPem.write(own.publicKey()).getBytes(StandardCharsets.US_ASCII))) {
            LOG.infof("snapshots of policies are signed by %s", kid(own));
        }
    }

    private static Kid kid(Ed25519PrivateKey own) {
        return Kid.of("policy-" + own.publicKey().fingerprint().substring("sha256:".length(), "sha256:".length() + 16));
    }

    private static Ed25519PrivateKey key(String hex) {
        try {
            return Ed25519PrivateKey.ofSeed(HexFormat.of().parseHex(hex.strip()));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("ZEROUI_POLICY_SNAPSHOT_KEY must be 64 hex digits, the seed of an Ed25519 key");
        }
    }
}
