package io.zeroui.product.policy.release;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.trust.KeyIds;
import io.zeroui.contracts.policy.trust.Metadata.Root;
import io.zeroui.contracts.policy.trust.MetadataCodec;
import io.zeroui.contracts.policy.trust.MetadataSigner;
import io.zeroui.contracts.policy.trust.PolicyRefused;
import io.zeroui.contracts.policy.trust.PolicyTrust;
import io.zeroui.contracts.policy.trust.Role;
import io.zeroui.contracts.policy.trust.RoleName;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.runtime.fabric.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * The roots, {@code {version}.root.json}: the first is made from the keys that are configured, and another one whenever those are others.
 * A root that was signed elsewhere may be put there too. Blocking; one instance writes.
 */
final class RootFiles {

    private static final Logger LOG = Logger.getLogger(RootFiles.class);
    /** Whoever checks the chain of roots needs a tenant's name; roots have none. */
    private static final TenantId NOBODY = TenantId.of("nobody");

    private final Path folder;
    private final Duration lifetime;

    RootFiles(Path folder, Duration lifetime) {
        this.folder = folder;
        this.lifetime = lifetime;
    }

    /**
     * All roots, oldest first, with a new one where the keys or the time want it.
     *
     * @throws PolicyRefused when the chain is broken, or the keys that are there cannot sign the next root
     */
    List<byte[]> upTo(PolicyKeys keys, Instant now) throws IOException, PolicyRefused {
        List<byte[]> roots = read();
        if (roots.isEmpty()) {
            byte[] first = MetadataCodec.signBy(root(1, keys, now), keys.signers(RoleName.ROOT));
            write(1, first);
            roots.add(first);
        }
        PolicyTrust trust = PolicyTrust.begin(NOBODY, roots.get(0));
        for (byte[] next : roots.subList(1, roots.size())) {
            trust = trust.withRoot(next);
        }
        if (!isMadeOf(trust.root(), keys) || trust.root().expires().minus(lifetime.dividedBy(4)).isBefore(now)) {
            long version = trust.root().version() + 1;
            List<MetadataSigner> signers = new ArrayList<>(keys.signers(RoleName.ROOT));
            signers.addAll(keys.formerRoot());
            byte[] next = MetadataCodec.signBy(root(version, keys, now), signers);
            LOG.infof("the keys of the policies' roles are root version %d now: %s", version, trust.withRoot(next).root().expires());
            write(version, next);
            roots.add(next);
        }
        return roots;
    }

    /** The first root; empty while there is none. */
    List<byte[]> read() throws IOException {
        List<byte[]> roots = new ArrayList<>();
        while (true) {
            try {
                roots.add(Files.readAllBytes(file(roots.size() + 1)));
            } catch (NoSuchFileException e) {
                return roots;
            }
        }
    }

    private void write(long version, byte[] root) throws IOException {
        if (!DurableFiles.writeNew(file(version), root)) {
            throw new IOException("somebody else wrote root version " + version + " in this moment");
        }
    }

    private Path file(long version) {
        return folder.resolve(version + ".root.json");
    }

    private Root root(long version, PolicyKeys keys, Instant now) {
        Map<String, Ed25519PublicKey> all = new HashMap<>();
        Map<RoleName, Role> roles = new EnumMap<>(RoleName.class);
        for (RoleName role : RoleName.values()) {
            keys.signers(role).forEach(signer -> all.put(KeyIds.of(signer.publicKey()), signer.publicKey()));
            roles.put(role, keys.role(role));
        }
        return new Root(version, now.plus(lifetime), all, roles);
    }

    private static boolean isMadeOf(Root root, PolicyKeys keys) {
        for (RoleName role : RoleName.values()) {
            if (!keys.role(role).equals(root.roles().get(role))) {
                return false;
            }
        }
        return true;
    }
}
