package io.zeroui.tenant.evidence.export.format;

import io.zeroui.contracts.ledger.ErasedLine;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.tenant.evidence.index.IndexedReceipt;
import io.zeroui.tenant.evidence.index.LedgerFiles;
import java.io.IOException;
import java.io.OutputStream;

/** The stored lines, each ended by a line feed and checked against its hash before it is written. */
final class LineRows implements RowWriter {

    private final OutputStream out;
    private final LedgerFiles lines;

    LineRows(OutputStream out, LedgerFiles lines) {
        this.out = out;
        this.lines = lines;
    }

    @Override
    public void write(IndexedReceipt row) throws IOException {
        byte[] line = lines.bytes(row.file(), row.fileOffset(), row.lineLength());
        if (!Hash.of(line).equals(row.link().hash())) {
            throw new UnfitLine(row.receiptId(), ErasedLine.read(line).isPresent(), row.file() + " at " + row.fileOffset());
        }
        out.write(line);
        out.write('\n');
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
