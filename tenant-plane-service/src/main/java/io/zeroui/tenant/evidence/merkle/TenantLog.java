package io.zeroui.tenant.evidence.merkle;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.JournalRecord;
import io.zeroui.contracts.ledger.LogEntry;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.InvalidTile;
import io.zeroui.contracts.transparency.NotVerified;
import io.zeroui.contracts.transparency.RightEdge;
import io.zeroui.contracts.transparency.TilePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** One tenant's log and its right edge. Only the log's own thread appends; everybody may ask for the size. */
final class TenantLog {

    private static final Logger LOG = Logger.getLogger(TenantLog.class);

    private final TenantId tenant;
    private final LogFiles files;
    private final LogSigner signer;
    private volatile RightEdge edge;

    private TenantLog(TenantId tenant, LogFiles files, LogSigner signer, RightEdge edge) {
        this.tenant = tenant;
        this.files = files;
        this.signer = signer;
        this.edge = edge;
    }

    /**
     * Opens a log at its last checkpoint; a tenant without one gets an empty log.
     *
     * @throws LogBroken when the checkpoint is not ours, or the tiles are not those of its tree
     */
    static TenantLog open(TenantId tenant, LogFiles files, LogSigner signer) throws IOException {
        Optional<byte[]> note = files.checkpoint();
        if (note.isEmpty()) {
            return new TenantLog(tenant, files, signer, RightEdge.EMPTY);
        }
        try {
            Checkpoint last = signer.read(tenant, note.get());
            return new TenantLog(tenant, files, signer, RightEdge.open(files, last.size(), last.rootHash()));
        } catch (InvalidTile e) {
            if (e.getCause() instanceof IOException cannotRead) {
                throw cannotRead;
            }
            throw new LogBroken("the log's own files do not agree: " + e.getMessage(), e);
        } catch (NotVerified | IllegalArgumentException e) {
            throw new LogBroken("the log's own files do not agree: " + e.getMessage(), e);
        }
    }

    /** Leaves that the last checkpoint has: the sequence of the last journal line in it. */
    long size() {
        return edge.size();
    }

    /**
     * Appends the lines that follow, and signs a checkpoint over them. When this fails the log is as it was.
     *
     * @param lines the journal's next lines, without a gap
     */
    void append(List<JournalRecord> lines) throws IOException {
        long next = edge.size() + 1;
        List<byte[]> entries = new ArrayList<>(lines.size());
        for (JournalRecord line : lines) {
            if (line.sequence() != next++) {
                throw new LogBroken("the journal has line " + line.sequence() + " where " + (next - 1) + " is expected", null);
            }
            entries.add(LogEntry.of(line).bytes());
        }
        List<TilePath> full = new ArrayList<>();
        RightEdge grown = edge.append(entries, (path, content) -> {
            files.write(path, content);
            if (!path.isPartial()) {
                full.add(path);
            }
        });
        files.writeCheckpoint(signer.sign(tenant, grown.size(), grown.rootHash()));
        edge = grown;
        full.forEach(this::removePartial);
    }

    /** What cannot be removed is in nobody's way. */
    private void removePartial(TilePath path) {
        try {
            files.removePartial(path);
        } catch (IOException e) {
            LOG.warnf("the partial tiles of %s, log of %s, could not be removed: %s", path, tenant, e);
        }
    }
}
