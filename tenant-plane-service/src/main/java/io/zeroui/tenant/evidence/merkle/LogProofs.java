package io.zeroui.tenant.evidence.merkle;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.JournalEntry;
import io.zeroui.contracts.ledger.JournalRecord;
import io.zeroui.contracts.ledger.LogEntry;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.InvalidTile;
import io.zeroui.contracts.transparency.MerkleTree;
import io.zeroui.contracts.transparency.NotVerified;
import io.zeroui.contracts.transparency.TiledTree;
import io.zeroui.contracts.transparency.VerifierKey;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.tenant.evidence.journal.JournalReader;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Proofs from the files of the logs, each checked against the checkpoint before it is given away. Blocking. */
@ApplicationScoped
public class LogProofs {

    private static final int CONFLICT = 409;
    private static final int GONE = 410;

    private final LogKeeper keeper;
    private final LogSigner signer;
    private final JournalReader journals;

    LogProofs(LogKeeper keeper, LogSigner signer, JournalReader journals) {
        this.keeper = keeper;
        this.signer = signer;
        this.journals = journals;
    }

    private record Published(String note, Checkpoint checkpoint) {
    }

    /**
     * That a line of the journal is in the log.
     *
     * @param day of the journal that has the line
     * @param sequence of the line
     * @throws ProblemException 404 where the plane has no logs, 409 while no checkpoint has the line yet, 409 with
     *         {@code CHAIN_INTEGRITY_FAILED} when the log's files do not prove it
     */
    public ProofAnswer inclusion(TenantId tenant, LocalDate day, long sequence) throws IOException {
        VerifierKey key = signer.verifier(tenant).orElseThrow(LogResource::empty);
        Published published = published(tenant);
        Checkpoint checkpoint = published.checkpoint();
        long index = sequence - 1;
        if (index >= checkpoint.size()) {
            throw notYet(checkpoint.size());
        }
        JournalRecord found = journals.find(tenant, day, sequence).orElseThrow(
                () -> damaged("the journal does not have line " + sequence)).entry();
        if (!(found instanceof JournalEntry line)) {
            throw new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, GONE, "The receipt is being erased", Map.of());
        }
        byte[] entry = LogEntry.of(line).bytes();
        Hash leaf = MerkleTree.leafHash(entry);
        try {
            List<Hash> proof = new TiledTree(keeper.files(tenant), checkpoint.size()).inclusionProof(index, checkpoint.size());
            MerkleTree.verifyInclusion(leaf, index, checkpoint.size(), proof, checkpoint.rootHash());
            return ProofAnswer.of(line, tenant, key, index, checkpoint, entry, leaf, proof, published.note());
        } catch (NotVerified | InvalidTile e) {
            throw damaged(e.getMessage());
        }
    }

    /**
     * That the log of one size is the beginning of that of another.
     *
     * @param to null for the size of the last checkpoint
     * @throws ProblemException 400 for sizes that the log never had, and as {@link #inclusion}
     */
    ConsistencyAnswer consistency(TenantId tenant, long from, @Nullable Long to) throws IOException {
        Published published = published(tenant);
        long last = published.checkpoint().size();
        long until = to == null ? last : to;
        if (from < 0 || from > until || until > last) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(),
                    "The sizes must be 0 <= from <= to <= " + last, Map.of("size", last));
        }
        try {
            TiledTree tree = new TiledTree(keeper.files(tenant), last);
            List<Hash> proof = tree.consistencyProof(from, until);
            Hash before = tree.rootHash(from);
            Hash after = tree.rootHash(until);
            MerkleTree.verifyConsistency(from, before, until, after, proof);
            if (!tree.rootHash(last).equals(published.checkpoint().rootHash())) {
                throw damaged("the tiles do not have the checkpoint's root");
            }
            return ConsistencyAnswer.of(from, before, until, after, proof, published.note());
        } catch (NotVerified | InvalidTile e) {
            throw damaged(e.getMessage());
        }
    }

    private Published published(TenantId tenant) throws IOException {
        if (!signer.isReady()) {
            throw LogResource.empty();
        }
        byte[] note = keeper.files(tenant).checkpoint().orElseThrow(() -> notYet(0));
        try {
            return new Published(new String(note, StandardCharsets.UTF_8), signer.read(tenant, note));
        } catch (NotVerified | IllegalArgumentException e) {
            throw damaged(e.getMessage());
        }
    }

    private static ProblemException notYet(long size) {
        return new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, CONFLICT,
                "No checkpoint has this yet; try again in a second", Map.of("size", size));
    }

    private static ProblemException damaged(@Nullable String why) {
        return new ProblemException(ErrorCode.CHAIN_INTEGRITY_FAILED, "The log does not prove it: " + why);
    }
}
