package io.zeroui.tenant.evidence.export.format;

import io.zeroui.tenant.evidence.index.IndexedReceipt;
import io.zeroui.tenant.evidence.index.LedgerFiles;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Writes rows in one format. What it holds in memory does not grow with their number. {@link #close} completes the file and
 * closes the stream behind it. Blocking.
 */
public interface RowWriter extends Closeable {

    /**
     * Writes one row.
     *
     * @throws UnfitLine when the stored line is not what the index says
     */
    void write(IndexedReceipt row) throws IOException;

    /** A writer to a stream, which is closed with it. */
    static RowWriter open(ExportFormat format, boolean gzip, OutputStream file, LedgerFiles lines) throws IOException {
        OutputStream out = gzip ? new GZIPOutputStream(file, 1 << 16) : file;
        return switch (format) {
            case JSONL -> new LineRows(out, lines);
            case CSV -> new CsvRows(out);
            case PARQUET -> new ParquetRows(out);
        };
    }
}
