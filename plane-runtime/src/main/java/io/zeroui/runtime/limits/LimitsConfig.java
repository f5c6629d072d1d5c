package io.zeroui.runtime.limits;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** What a tenant may do; the defaults of the rules are in {@code META-INF/microprofile-config.properties}. */
@ConfigMapping(prefix = "zeroui.limits")
public interface LimitsConfig {

    /** Receipts: 1,000 a second, 2,000 at once; at the edge without limit (variables {@code ZEROUI_LIMITS_INGEST_…}). */
    Bucket ingest();

    /** Reads: 100 a second, 200 at once (variables {@code ZEROUI_LIMITS_QUERY_…}). */
    Bucket query();

    /** Checks of receipts: 500 a second, 500 at once (variables {@code ZEROUI_LIMITS_VERIFY_…}). */
    Bucket verify();

    /** Exports: 5 a minute, 10 at once (variables {@code ZEROUI_LIMITS_EXPORT_…}). */
    Bucket export();

    /** How long Redis may take for a lease before the process counts alone. */
    @WithDefault("PT0.25S")
    Duration redisTimeout();

    /** How long the process then counts alone before it asks Redis again. */
    @WithDefault("PT1S")
    Duration redisPause();

    /** The most buckets that a process keeps; the ones that were not used for longest are forgotten first. */
    @WithDefault("10000")
    int bucketsMost();

    /** One rule. */
    interface Bucket {
        /** Tokens that come back in the time {@link #per()}; 0 for no limit. */
        long rate();

        /** The time of {@link #rate()}. */
        @WithDefault("PT1S")
        Duration per();

        /** Size of the bucket: what may be taken at once after a rest. */
        long burst();
    }
}
