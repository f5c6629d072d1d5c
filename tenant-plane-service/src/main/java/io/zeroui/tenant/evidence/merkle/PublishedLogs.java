package io.zeroui.tenant.evidence.merkle;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.InvalidTile;
import io.zeroui.contracts.transparency.MerkleTree;
import io.zeroui.contracts.transparency.NotVerified;
import io.zeroui.contracts.transparency.SignedNote;
import io.zeroui.contracts.transparency.TilePath;
import io.zeroui.contracts.transparency.TiledTree;
import io.zeroui.contracts.transparency.VerifierKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the logs have published, for those who show it to others. Reads files; blocking but for {@link #sizes}. */
@ApplicationScoped
public class PublishedLogs {

    private final LogKeeper keeper;
    private final LogSigner signer;

    PublishedLogs(LogKeeper keeper, LogSigner signer) {
        this.keeper = keeper;
        this.signer = signer;
    }

    /** Lines that the last checkpoint of each log has, of the logs that were opened since the start; no broken ones. */
    public Map<TenantId, Long> sizes() {
        return keeper.sizes();
    }

    /** The public key of a tenant's log; empty where the plane has no logs. */
    public Optional<VerifierKey> key(TenantId tenant) {
        return signer.verifier(tenant);
    }

    /**
     * The last checkpoint; empty where there is none, or no key.
     *
     * @throws IOException when it cannot be read, or is not this log's
     */
    public Optional<SignedNote> checkpoint(TenantId tenant) throws IOException {
        Optional<byte[]> note = signer.isReady() ? keeper.files(tenant).checkpoint() : Optional.empty();
        if (note.isEmpty()) {
            return Optional.empty();
        }
        try {
            var unused = signer.read(tenant, note.get());
            return Optional.of(SignedNote.parse(note.get()));
        } catch (NotVerified | IllegalArgumentException e) {
            throw new IOException("the checkpoint of the log of " + tenant + " is not to be believed", e);
        }
    }

    /**
     * The proof that the log of one size goes on to another.
     *
     * @param last the last checkpoint, whose size is at least {@code to}
     * @throws IOException when the tiles do not give it
     */
    public List<Hash> consistency(TenantId tenant, Checkpoint last, long from, long to) throws IOException {
        try {
            return new TiledTree(keeper.files(tenant), last.size()).consistencyProof(from, to);
        } catch (InvalidTile e) {
            throw new IOException(e);
        }
    }

    /**
     * The checkpoint of an earlier size, signed again; empty where the log never had that size and root together. The same
     * bytes as then: an Ed25519 signature has no chance in it.
     *
     * @throws IOException when the files cannot be read
     */
    public Optional<SignedNote> earlier(TenantId tenant, long size, Hash rootHash) throws IOException {
        Optional<SignedNote> note = checkpoint(tenant);
        if (note.isEmpty()) {
            return Optional.empty();
        }
        Checkpoint last = Checkpoint.parse(note.get().text());
        try {
            boolean had = size <= last.size() && new TiledTree(keeper.files(tenant), last.size()).rootHash(size).equals(rootHash);
            return had ? Optional.of(SignedNote.parse(signer.sign(tenant, size, rootHash))) : Optional.empty();
        } catch (InvalidTile e) {
            throw new IOException(e);
        }
    }

    /**
     * The root hash that a log had at an earlier size; empty where its checkpoint does not reach so far, or there is none.
     *
     * @throws IOException when the files cannot be read, or do not give the checkpoint's root
     */
    public Optional<Hash> root(TenantId tenant, long size) throws IOException {
        Optional<SignedNote> note = checkpoint(tenant);
        if (note.isEmpty()) {
            return Optional.empty();
        }
        Checkpoint last = Checkpoint.parse(note.get().text());
        if (size > last.size()) {
            return Optional.empty();
        }
        TiledTree tree = new TiledTree(keeper.files(tenant), last.size());
        try {
            Hash root = tree.rootHash(size);
            MerkleTree.verifyConsistency(size, root, last.size(), last.rootHash(), tree.consistencyProof(size, last.size()));
            return Optional.of(root);
        } catch (InvalidTile | NotVerified e) {
            throw new IOException("the log of " + tenant + " does not go on from line " + size, e);
        }
    }

    /**
     * Removes the bundles of entries that lie wholly before a size. The hashes stay, so that every proof holds.
     *
     * @throws IOException when one cannot be removed
     */
    public void forgetEntries(TenantId tenant, long size) throws IOException {
        keeper.files(tenant).removeBundles(size / TilePath.FULL_WIDTH);
    }

    /** Where a log's files are. */
    public Path folder(TenantId tenant) {
        return keeper.folder(tenant);
    }
}
