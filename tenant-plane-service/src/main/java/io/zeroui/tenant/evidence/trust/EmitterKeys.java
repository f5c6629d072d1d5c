package io.zeroui.tenant.evidence.trust;

import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.KeyDocument;
import io.zeroui.contracts.signature.KeyDocumentCodec;
import io.zeroui.contracts.signature.SpkiPem;
import io.zeroui.contracts.signature.TrustStore;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.fabric.DurableFiles;
import io.zeroui.runtime.fabric.TrustFolder;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The public keys that each tenant trusts. Blocking: not for event loops. */
@ApplicationScoped
public class EmitterKeys {

    private static final Logger LOG = Logger.getLogger(EmitterKeys.class);
    private static final int MAX_TENANTS = 1024;

    private final ZuRoot root;
    private final Region region;
    private final Map<TenantId, TrustFolder> folders = bounded(MAX_TENANTS);
    private final Map<TenantId, AtomicLong> generations = new ConcurrentHashMap<>();

    EmitterKeys(PlaneConfig plane) {
        this.root = new ZuRoot(plane.fabric().root());
        this.region = Region.of(plane.region());
    }

    /** The keys that the tenant trusts now, with what speaks against them. */
    public TrustStore of(TenantId tenant) {
        return folder(tenant);
    }

    /**
     * How often the tenant's keys have changed. What was judged by the keys of a generation, read before, is judged by the keys
     * of now as long as the generation is the same.
     */
    public long generation(TenantId tenant) {
        AtomicLong generation = generations.get(tenant);
        return generation == null ? 0 : generation.get();
    }

    /** All that is known of a key now. */
    public TrustFolder.Standing standing(TenantId tenant, Kid kid) {
        return folder(tenant).standing(kid);
    }

    /** The folders with a tenant's keys, its own first; they may not be there. */
    public List<Path> folders(TenantId tenant) {
        return List.of(root.tenantTrustFolder(tenant, region), root.tenantTrustFolderOfOlderTools());
    }

    /** Looks at the files of these keys when they are asked for next. */
    public void refresh(TenantId tenant, Collection<Kid> kids) {
        kids.forEach(folder(tenant)::changed);
    }

    /**
     * Writes the document that says which key it is, for a key in the tenant's own folder that has none.
     *
     * @return whether a document was written
     * @throws IOException when it could not be
     */
    public boolean pin(TenantId tenant, Kid kid) throws IOException {
        TrustFolder.Standing standing = standing(tenant, kid);
        Path own = root.tenantTrustFolder(tenant, region);
        if (standing.key() == null || standing.document() != null || standing.isDamaged()
                || !Files.exists(ZuRoot.keyFile(own, kid))) {
            return false;
        }
        return DurableFiles.writeNew(ZuRoot.keyDocument(own, kid), KeyDocumentCodec.write(KeyDocument.of(kid, standing.key())));
    }

    /**
     * Writes down what a registry says of a key, unless something newer, or stricter, is known. A revocation holds for whichever
     * key the tenant has under that id; the key itself is written if the tenant has none.
     *
     * @return whether files were written
     * @throws IOException when they could not be
     */
    public boolean state(TenantId tenant, KeyDocument said, @Nullable Ed25519PublicKey key) throws IOException {
        refresh(tenant, List.of(said.kid()));
        TrustFolder.Standing standing = standing(tenant, said.kid());
        KeyDocument there = standing.document();
        String known = there != null && there.fingerprint() != null ? there.fingerprint()
                : standing.key() == null ? null : standing.key().fingerprint();
        KeyDocument next = said.of(known);
        if (known != null && !known.equals(next.fingerprint())) {
            LOG.errorf("key %s of %s: the registry knows another key than the tenant has", said.kid(), tenant);
            if (said.revocation() == null) {
                return false;
            }
            next = new KeyDocument(said.kid(), known, said.validFrom(), said.validUntil(), said.revocation(),
                    said.replacedBy(), said.origin());
        }
        if (there != null && !next.supersedes(there)) {
            return false;
        }
        Path folder = root.tenantTrustFolder(tenant, region);
        DurableFiles.replace(ZuRoot.keyDocument(folder, said.kid()), KeyDocumentCodec.write(next));
        boolean isNew = key != null && standing.key() == null && key.fingerprint().equals(next.fingerprint())
                && DurableFiles.writeNew(ZuRoot.keyFile(folder, said.kid()), SpkiPem.write(key).getBytes(StandardCharsets.US_ASCII));
        LOG.infof("key %s of %s stands as the registry says%s", said.kid(), tenant, isNew ? ", and is new" : "");
        refresh(tenant, List.of(said.kid()));
        return true;
    }

    /** Says that files of these keys have changed: what is judged from now on is judged by the files of now, or newer ones. */
    public void changed(TenantId tenant, Collection<Kid> kids) {
        TrustFolder folder = folder(tenant);
        kids.forEach(folder::changed);
        long now = generations.computeIfAbsent(tenant, id -> new AtomicLong()).incrementAndGet();
        LOG.debugf("keys of %s: generation %d", tenant, now);
    }

    /**
     * Makes a key trusted whose edge vouched for it, unless the tenant has a key of that id already. Its document, which says
     * which key it is, is written first: no other key can take its place.
     *
     * @return the key that the tenant trusts now: this one, or the one that was first
     * @throws IOException when the key could not be stored durably
     */
    public Ed25519PublicKey enrol(TenantId tenant, Kid kid, Ed25519PublicKey key) throws IOException {
        Ed25519PublicKey known = of(tenant).find(kid);
        if (known != null) {
            return known;
        }
        Path folder = root.tenantTrustFolder(tenant, region);
        boolean isFirst = DurableFiles.writeNew(ZuRoot.keyDocument(folder, kid),
                KeyDocumentCodec.write(KeyDocument.of(kid, key)));
        Path file = ZuRoot.keyFile(folder, kid);
        if (!DurableFiles.writeNew(file, SpkiPem.write(key).getBytes(StandardCharsets.US_ASCII))) {
            return SpkiPem.read(Files.readString(file, StandardCharsets.US_ASCII));
        }
        LOG.debugf("key %s of %s is trusted from now on; had a document: %b", kid, tenant, !isFirst);
        refresh(tenant, List.of(kid));
        return key;
    }

    private TrustFolder folder(TenantId tenant) {
        synchronized (folders) {
            return folders.computeIfAbsent(tenant, id -> new TrustFolder(folders(id)));
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
