package io.zeroui.runtime.telemetry.figures;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** How requests over HTTP went, from the timers that are there anyhow. Not thread-safe. */
final class RequestFigures {

    private static final Map<String, Duration> SPANS = spans();
    private static final double THOUSANDTHS = 1000;
    private static final Pattern OWN = Pattern.compile("/q/.*");

    private final MeterRegistry meters;
    private final Pattern unhurried;
    private final Latencies all;
    private final Map<String, Group> groups = new LinkedHashMap<>();
    private final BurnRates burn;
    private final long[] boundsMicros = RequestBuckets.boundsMicros();

    RequestFigures(MeterRegistry meters, FigureConfig config) {
        this.meters = meters;
        this.unhurried = Pattern.compile(config.unhurried());
        this.all = new Latencies(boundsMicros, config.window(), config.requestsLeast());
        this.burn = new BurnRates(config.objective(), config.requestsLeast());
        config.groups().forEach((name, paths) -> groups.put(name.replace('-', '_'),
                new Group(Pattern.compile(paths), new Latencies(boundsMicros, config.window(), config.requestsLeast()))));
    }

    private record Group(Pattern paths, Latencies latencies) {
    }

    private static Map<String, Duration> spans() {
        Map<String, Duration> spans = new LinkedHashMap<>();
        spans.put("5m", Duration.ofMinutes(5));
        spans.put("30m", Duration.ofMinutes(30));
        spans.put("1h", Duration.ofHours(1));
        spans.put("6h", Duration.ofHours(6));
        spans.put("3d", BurnRates.LONGEST);
        return spans;
    }

    /**
     * The figures now.
     *
     * @param nanos of a clock that only goes forward, not below 0
     */
    Map<String, Long> figures(long nanos) {
        long requests = 0;
        long failures = 0;
        long[] hurried = new long[boundsMicros.length + 1];
        Map<String, long[]> byGroup = new LinkedHashMap<>();
        groups.keySet().forEach(name -> byGroup.put(name, new long[hurried.length]));
        for (Timer timer : timers()) {
            String path = String.valueOf(timer.getId().getTag("uri"));
            if (OWN.matcher(path).matches()) {
                continue;
            }
            requests += timer.count();
            failures += String.valueOf(timer.getId().getTag("status")).startsWith("5") ? timer.count() : 0;
            long[] counts = counts(timer);
            if (!unhurried.matcher(path).matches()) {
                add(hurried, counts);
            }
            groups.forEach((name, group) -> {
                if (group.paths().matcher(path).matches()) {
                    add(byGroup.getOrDefault(name, new long[counts.length]), counts);
                }
            });
        }
        return note(nanos, requests, failures, hurried, byGroup);
    }

    private Map<String, Long> note(long nanos, long requests, long failures, long[] hurried, Map<String, long[]> byGroup) {
        Map<String, Long> figures = new TreeMap<>();
        figures.put("requests", requests);
        figures.put("request_failures", failures);
        all.note(nanos, hurried);
        all.p99Micros().ifPresent(micros -> figures.put("request_p99_micros", micros));
        groups.forEach((name, group) -> {
            group.latencies().note(nanos, byGroup.getOrDefault(name, new long[hurried.length]));
            group.latencies().p99Micros().ifPresent(micros -> figures.put(name + "_p99_micros", micros));
        });
        burn.note(TimeUnit.NANOSECONDS.toMinutes(nanos), requests, failures);
        SPANS.forEach((name, span) -> burn.rate(span)
                .ifPresent(rate -> figures.put("slo_burn_" + name + "_permille", Math.round(rate * THOUSANDTHS))));
        return figures;
    }

    private List<Timer> timers() {
        return List.copyOf(meters.find(RequestBuckets.REQUESTS).timers());
    }

    private long[] counts(Timer timer) {
        long[] counts = new long[boundsMicros.length + 1];
        for (CountAtBucket bucket : timer.takeSnapshot().histogramCounts()) {
            long micros = Math.round(bucket.bucket(TimeUnit.MICROSECONDS));
            for (int i = 0; i < boundsMicros.length; i++) {
                if (boundsMicros[i] == micros) {
                    counts[i] = (long) bucket.count();
                }
            }
        }
        counts[boundsMicros.length] = Math.max(timer.count(), counts[boundsMicros.length - 1]);
        return counts;
    }

    private static void add(long[] sum, long[] counts) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += counts[i];
        }
    }
}
