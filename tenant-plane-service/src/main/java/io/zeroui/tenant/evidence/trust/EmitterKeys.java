package io.zeroui.tenant.evidence.trust;

import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.SpkiPem;
import io.zeroui.contracts.signature.TrustStore;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.fabric.DurableFiles;
import io.zeroui.runtime.fabric.TrustFolder;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The public keys that each tenant trusts. Blocking: not for event loops. */
@ApplicationScoped
public class EmitterKeys {

    private static final int MAX_TENANTS = 1024;
    private static final int MAX_RECENT = 4096;
    /** Longer than a trust folder needs to see a new file. */
    private static final Duration RECENT = Duration.ofSeconds(5);

    private record TenantKid(TenantId tenant, Kid kid) {
    }

    private record Recent(Ed25519PublicKey key, long sinceNanos) {

        boolean isFresh() {
            return System.nanoTime() - sinceNanos < RECENT.toNanos();
        }
    }

    private final ZuRoot root;
    private final Region region;
    private final Map<TenantId, TrustFolder> folders = bounded(MAX_TENANTS);
    private final Map<TenantKid, Recent> recent = bounded(MAX_RECENT);

    EmitterKeys(PlaneConfig plane) {
        this.root = new ZuRoot(plane.fabric().root());
        this.region = Region.of(plane.region());
    }

    /** The keys that the tenant trusts now. */
    public TrustStore of(TenantId tenant) {
        TrustFolder folder = folder(tenant);
        return kid -> {
            Ed25519PublicKey key = folder.find(kid);
            return key != null ? key : recent(new TenantKid(tenant, kid));
        };
    }

    /**
     * Makes a key trusted whose edge vouched for it, unless the tenant has a key of that id already.
     *
     * @return the key that the tenant trusts now: this one, or the one that was first
     * @throws IOException when the key could not be stored durably
     */
    public Ed25519PublicKey enrol(TenantId tenant, Kid kid, Ed25519PublicKey key) throws IOException {
        Ed25519PublicKey known = of(tenant).find(kid);
        if (known != null) {
            return known;
        }
        var file = root.tenantTrust(tenant, region, kid);
        if (!DurableFiles.writeNew(file, SpkiPem.write(key).getBytes(StandardCharsets.US_ASCII))) {
            return SpkiPem.read(java.nio.file.Files.readString(file, StandardCharsets.US_ASCII));
        }
        synchronized (recent) {
            Recent before = recent.put(new TenantKid(tenant, kid), new Recent(key, System.nanoTime()));
            return before != null && before.isFresh() ? before.key() : key;
        }
    }

    private @Nullable Ed25519PublicKey recent(TenantKid id) {
        synchronized (recent) {
            Recent found = recent.get(id);
            return found != null && found.isFresh() ? found.key() : null;
        }
    }

    private TrustFolder folder(TenantId tenant) {
        synchronized (folders) {
            return folders.computeIfAbsent(tenant, id -> new TrustFolder(List.of(root.tenantTrustFolder(id, region),
                    root.tenantsFolder().resolve("policy").resolve("trust").resolve("pubkeys"))));
        }
    }

    private static <K, V> Map<K, V> bounded(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }
}
