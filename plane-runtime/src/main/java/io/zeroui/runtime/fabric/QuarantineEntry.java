package io.zeroui.runtime.fabric;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.receipts.Refusal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line that was not accepted, with the reason. Its JSON is one line of a quarantine file.
 *
 * @param quarantinedAt when
 * @param source how the line came
 * @param file the file it lies in, as the caller names it (relative to {@code ZU_ROOT}); null unless from a file
 * @param offset position of its first byte in that file
 * @param length its bytes, without the line feed
 * @param sha256 lower-case hex over these bytes
 * @param reason name of a {@code RefusalReason}
 * @param detail the reason in words
 * @param path JSON Pointer to the offending value
 * @param lineBase64 the line, or its first bytes when {@code truncated}, in standard base64; null when not kept
 * @param truncated whether {@code lineBase64} is less than the line
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record QuarantineEntry(Instant quarantinedAt, Source source, @Nullable String file, @Nullable Long offset,
        long length, String sha256, String reason, @Nullable String detail, @Nullable String path,
        @Nullable String lineBase64, boolean truncated) {

    /** Most bytes of a line that are kept. */
    public static final int MAX_KEPT_BYTES = 64 << 10;

    private static final int MAX_TEXT_CHARS = 1_000;

    /** How a line came. */
    public enum Source {
        HTTP, FILE, BUS;

        /** As it is written in the file. */
        @JsonValue
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public QuarantineEntry {
        detail = clipped(detail);
        path = clipped(path);
    }

    /** A line that came in a request. */
    public static QuarantineEntry ofHttp(byte[] line, Refusal refusal, Instant now) {
        return of(Source.HTTP, null, null, line, line.length, Hash.of(line), refusal, now);
    }

    /** A line that came over the bus. */
    public static QuarantineEntry ofBus(byte[] line, Refusal refusal, Instant now) {
        return of(Source.BUS, null, null, line, line.length, Hash.of(line), refusal, now);
    }

    /** A line that lies in a file. */
    public static QuarantineEntry ofFile(String file, Line line, Refusal refusal, Instant now) {
        if (line instanceof Line.Oversized oversized) {
            return of(Source.FILE, file, line.offset(), oversized.prefix(), line.length(), oversized.sha256(), refusal,
                    now);
        }
        byte[] bytes = ((Line.Complete) line).bytes();
        return of(Source.FILE, file, line.offset(), bytes, line.length(), Hash.of(bytes), refusal, now);
    }

    /** A torn last line that was cut off its file. */
    public static QuarantineEntry ofFragment(String file, TornTail.Fragment fragment, Refusal refusal, Instant now) {
        return of(Source.FILE, file, fragment.offset(), fragment.prefix(), fragment.length(), fragment.sha256(), refusal,
                now);
    }

    private static QuarantineEntry of(Source source, @Nullable String file, @Nullable Long offset, byte[] bytes,
            long length, Hash sha256, Refusal refusal, Instant now) {
        byte[] kept = bytes.length <= MAX_KEPT_BYTES ? bytes : Arrays.copyOf(bytes, MAX_KEPT_BYTES);
        return new QuarantineEntry(now, source, file, offset, length, sha256.hex(), refusal.reason().name(),
                refusal.detail(), refusal.path(), Base64.getEncoder().encodeToString(kept), kept.length < length);
    }

    /** The same without the line, for when there is no room for more. */
    QuarantineEntry withoutLine() {
        return new QuarantineEntry(quarantinedAt, source, file, offset, length, sha256, reason, detail, path, null, true);
    }

    private static @Nullable String clipped(@Nullable String text) {
        return text == null || text.length() <= MAX_TEXT_CHARS ? text : text.substring(0, MAX_TEXT_CHARS);
    }
}
