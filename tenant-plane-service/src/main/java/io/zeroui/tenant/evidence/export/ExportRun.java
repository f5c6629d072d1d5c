package io.zeroui.tenant.evidence.export;

import io.zeroui.tenant.evidence.export.format.RowWriter;
import io.zeroui.tenant.evidence.index.IndexedReceipt;
import io.zeroui.tenant.evidence.index.LedgerFiles;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One attempt to write an export. Its steps are for one thread at a time; how far it is may be asked by all. */
final class ExportRun {

    private final ExportId id;
    private final Export begun;
    private final int attempt;
    private volatile boolean ended;
    private volatile long rows;
    private volatile long lastSequence;
    private volatile @Nullable DataFile file;
    private @Nullable RowWriter writer;

    /** Somebody has ended it: what it wrote is not wanted any more. */
    static final class Ended extends IOException {

        private static final long serialVersionUID = 1L;

        Ended() {
            super("the export was ended");
        }
    }

    ExportRun(Export begun, int attempt) {
        this.id = begun.id();
        this.begun = begun;
        this.attempt = attempt;
    }

    ExportId id() {
        return id;
    }

    /** The export as it was when the attempt began. */
    Export begun() {
        return begun;
    }

    /** Which attempt it is, from 1. */
    int attempt() {
        return attempt;
    }

    /** Nothing more is written. */
    void end() {
        ended = true;
    }

    boolean isEnded() {
        return ended;
    }

    /** @throws Ended when it was ended */
    void check() throws Ended {
        if (ended) {
            throw new Ended();
        }
    }

    long rows() {
        return rows;
    }

    long bytes() {
        DataFile open = file;
        return open == null ? 0 : open.bytes();
    }

    /** Of the last row. */
    long lastSequence() {
        return lastSequence;
    }

    /** Begins to write. */
    void open(DataFile data, LedgerFiles lines) throws IOException {
        file = data;
        writer = RowWriter.open(begun.wish().format(), begun.wish().gzip(), data, lines);
    }

    /** Writes rows, in the ledger's order. */
    void write(List<IndexedReceipt> more) throws IOException {
        RowWriter open = writer;
        if (open == null) {
            throw new IllegalStateException("nothing is open");
        }
        for (IndexedReceipt row : more) {
            check();
            open.write(row);
            rows++;
            lastSequence = row.ledgerSequence();
        }
    }

    /** Completes the file; it is on the disk when this returns. Returns its SHA-256 in hex. */
    String seal() throws IOException {
        RowWriter open = writer;
        DataFile data = file;
        if (open == null || data == null) {
            throw new IllegalStateException("nothing is open");
        }
        open.close();
        return data.seal();
    }

    /** Lets go of what is open. */
    void abandon() throws IOException {
        DataFile data = file;
        if (data != null) {
            data.abandon();
        }
    }
}
