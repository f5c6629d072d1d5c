package io.zeroui.tenant.evidence.export;

import io.zeroui.tenant.evidence.export.format.ExportFormat;
import io.zeroui.tenant.evidence.requests.JsonBody;
import io.zeroui.tenant.evidence.search.SearchBody;
import io.zeroui.tenant.evidence.search.SearchFilters;
import org.jspecify.annotations.Nullable;

/**
 * What shall be exported.
 *
 * @param filters which receipts
 * @param format in which form
 * @param gzip whether the file is compressed as a whole
 */
public record ExportWish(SearchFilters filters, ExportFormat format, boolean gzip) {

    private static final String FORMAT = "format";
    private static final String COMPRESSION = "compression";

    /** The wish of a request's body; fails with 400 as {@link JsonBody} says. */
    public static ExportWish parse(byte @Nullable [] bytes) {
        SearchBody body = SearchBody.parse(bytes, FORMAT, COMPRESSION);
        String named = body.text(FORMAT);
        ExportFormat format = named == null ? ExportFormat.JSONL : ExportFormat.find(named);
        if (format == null) {
            throw JsonBody.invalid(FORMAT, "must be one of jsonl, csv, parquet");
        }
        String compression = body.text(COMPRESSION);
        boolean gzip = "gzip".equals(compression);
        if (compression != null && !gzip && !"none".equals(compression)) {
            throw JsonBody.invalid(COMPRESSION, "must be none or gzip");
        }
        if (gzip && format == ExportFormat.PARQUET) {
            throw JsonBody.invalid(COMPRESSION, "must be none for parquet: its readers need the file as it is");
        }
        return new ExportWish(body.filters(), format, gzip);
    }

    /** {@code none} or {@code gzip}. */
    public String compression() {
        return gzip ? "gzip" : "none";
    }

    /** What a file's name ends with. */
    public String suffix() {
        return format.key() + (gzip ? ".gz" : "");
    }

    /** Media type of the file. */
    public String mediaType() {
        return gzip ? "application/gzip" : format.mediaType();
    }

    /** In words, for records. */
    public String words() {
        return (format.key() + " " + compression() + " " + filters.words()).strip();
    }
}
