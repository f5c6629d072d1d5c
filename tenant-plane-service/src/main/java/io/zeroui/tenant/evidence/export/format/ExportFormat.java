package io.zeroui.tenant.evidence.export.format;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What an export's file has. */
public enum ExportFormat {
    /** The stored lines, byte for byte. */
    JSONL("application/x-ndjson"),
    /** The columns of the index, RFC 4180. */
    CSV("text/csv; charset=utf-8"),
    /** The columns of the index, Apache Parquet. */
    PARQUET("application/vnd.apache.parquet");

    private final String key = name().toLowerCase(Locale.ROOT);
    private final String mediaType;

    ExportFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    /** As it is written in requests, and the end of the file's name. */
    public String key() {
        return key;
    }

    /** Of the file, unless it is compressed. */
    public String mediaType() {
        return mediaType;
    }

    /** The format of that name; null where there is none. */
    public static @Nullable ExportFormat find(String key) {
        for (ExportFormat format : values()) {
            if (format.key.equals(key)) {
                return format;
            }
        }
        return null;
    }
}
