package io.zeroui.runtime.telemetry.figures;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.stream.LongStream;

/** Requests are counted by how long they took, in few buckets: each is a series for every path and status. The bounds of alerts are among them. */
class RequestBuckets {

    /** The timer of all requests over HTTP. */
    static final String REQUESTS = "http.server.requests";

    private static final long[] BOUNDS_MICROS = {5_000, 10_000, 25_000, 50_000, 100_000, 200_000, 500_000, 1_000_000, 2_000_000, 5_000_000, 10_000_000};

    static long[] boundsMicros() {
        return BOUNDS_MICROS.clone();
    }

    @Produces
    @Singleton
    MeterFilter requestBuckets() {
        double[] bounds = LongStream.of(BOUNDS_MICROS).mapToDouble(micros -> Duration.ofNanos(micros * 1000).toNanos()).toArray();
        return new MeterFilter() {
            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                return id.getName().equals(REQUESTS) ? DistributionStatisticConfig.builder().serviceLevelObjectives(bounds).build().merge(config) : config;
            }
        };
    }
}
