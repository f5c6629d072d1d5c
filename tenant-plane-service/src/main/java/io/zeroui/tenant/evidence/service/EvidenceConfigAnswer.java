package io.zeroui.tenant.evidence.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.runtime.limits.LimitsConfig;
import io.zeroui.tenant.evidence.export.ExportConfig;
import io.zeroui.tenant.evidence.export.format.ExportFormat;
import io.zeroui.tenant.evidence.work.IntakeConfig;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the evidence API is set for a tenant; no secrets.
 *
 * @param limits by class; one that is not there has no limit
 * @param exports what may be exported, and how long it is kept
 * @param retention {@code unlimited}: nothing is removed
 * @param logOrigin name of the tenant's Merkle log; absent where the plane has none
 * @param formats media types and forms
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EvidenceConfigAnswer(String tenantId, String region, Map<String, Limit> limits, Intake intake, Exports exports, String retention,
        @Nullable String logOrigin, Formats formats) {

    /**
     * A rate limit.
     *
     * @param rate tokens that come back in {@code per}
     * @param per ISO duration
     * @param burst tokens that may be taken at once
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Limit(long rate, String per, long burst) {

        static @Nullable Limit of(LimitsConfig.Bucket bucket) {
            return bucket.rate() == 0 ? null : new Limit(bucket.rate(), bucket.per().toString(), bucket.burst());
        }
    }

    /** Bounds of what is sent. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Intake(int maxReceiptBytes, int maxStreams, int maxReceiptsUnderWay, int maxCourierReceipts,
            int maxCourierBytes) {

        static Intake of(IntakeConfig config) {
            return new Intake(config.maxLineBytes(), config.maxStreams(), config.tenantLines(), config.courierReceipts(),
                    config.courierBytes());
        }
    }

    /** Bounds of exports; {@code keep} and {@code link} are ISO durations. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Exports(int maxUnderWay, int maxRemembered, long maxBytes, String keep, String link, List<String> formats) {

        static Exports of(ExportConfig config) {
            return new Exports(config.perTenant(), config.remembered(), config.tenantBytes(), config.keep().toString(),
                    config.link().toString(), Arrays.stream(ExportFormat.values()).map(ExportFormat::key).toList());
        }
    }

    /** What is spoken. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Formats(List<String> receipt, List<String> bulk, String canonicalJson, String signature, String hash,
            String merkleTree, String log, String checkpoint) {

        static final Formats ALL = new Formats(List.of("application/json", "application/x-ndjson"),
                List.of("application/x-ndjson", "application/jsonl"), "RFC 8785", "sig-ed25519:{kid}:{base64}",
                "sha256:{hex}", "RFC 6962", "C2SP tlog-tiles", "C2SP signed-note");
    }

    static Map<String, Limit> limits(LimitsConfig config) {
        Map<String, Limit> limits = new LinkedHashMap<>();
        add(limits, "ingest", config.ingest());
        add(limits, "query", config.query());
        add(limits, "verify", config.verify());
        add(limits, "export", config.export());
        return limits;
    }

    private static void add(Map<String, Limit> limits, String name, LimitsConfig.Bucket bucket) {
        Limit limit = Limit.of(bucket);
        if (limit != null) {
            limits.put(name, limit);
        }
    }
}
