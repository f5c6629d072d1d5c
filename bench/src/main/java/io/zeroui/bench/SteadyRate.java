package io.zeroui.bench;

import io.zeroui.contracts.Plane;
import io.zeroui.testing.planes.RunningPlanes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * A fixed rate of single requests. Latency is taken from the moment at which a request was due, so a pause of the system
 * counts for every request that it holds up.
 */
final class SteadyRate {

    private static final long HIGHEST_MICROS = TimeUnit.SECONDS.toMicros(60);
    private static final Duration POLL = Duration.ofMillis(4);
    private static final int EVERY = 8;

    private final RunningPlanes planes;
    private final int perSecond;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    SteadyRate(RunningPlanes planes, int perSecond) {
        this.planes = planes;
        this.perSecond = perSecond;
    }

    /** One receipt, and the id under which the ledger knows it. */
    record Item(String id, byte[] line) {
    }

    /** POST latency, and for every eighth receipt the time from its POST until the ledger answers with it. */
    List<Figure> posts(List<Item> items) {
        Histogram post = new ConcurrentHistogram(HIGHEST_MICROS, 3);
        Histogram ledger = new ConcurrentHistogram(HIGHEST_MICROS, 3);
        List<CompletableFuture<?>> open = new ArrayList<>();
        pace(items.size(), (i, due) -> {
            Item item = items.get(i);
            CompletableFuture<?> answered = http.sendAsync(postOf(item), HttpResponse.BodyHandlers.discarding())
                    .thenAccept(response -> record(post, due, durable(response.statusCode()), 201));
            open.add(i % EVERY != 0 ? answered
                    : answered.thenCompose(done -> inLedger(item.id(), due, ledger)));
        });
        open.forEach(CompletableFuture::join);
        return List.of(at(post, 50, "POST at " + perSecond + "/s, p50"), at(post, 99, "POST at " + perSecond + "/s, p99"),
                at(ledger, 50, "POST to in the ledger at " + perSecond + "/s, p50"),
                at(ledger, 99, "POST to in the ledger at " + perSecond + "/s, p99"));
    }

    /** GET of receipts by id, at the edge. */
    List<Figure> gets(List<String> ids) {
        Histogram get = new ConcurrentHistogram(HIGHEST_MICROS, 3);
        List<CompletableFuture<?>> open = new ArrayList<>();
        pace(ids.size(), (i, due) -> open.add(http
                .sendAsync(get(Plane.IDE, "/v1/receipts/" + ids.get(i)), HttpResponse.BodyHandlers.discarding())
                .thenAccept(response -> record(get, due, response.statusCode(), 200))));
        open.forEach(CompletableFuture::join);
        return List.of(at(get, 50, "GET at " + perSecond + "/s, p50"), at(get, 99, "GET at " + perSecond + "/s, p99"));
    }

    private interface Send {
        void at(int index, long dueNanos);
    }

    private void pace(int count, Send send) {
        long gap = TimeUnit.SECONDS.toNanos(1) / perSecond;
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = start + i * gap;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            send.at(i, due);
        }
    }

    private CompletableFuture<Void> inLedger(String id, long due, Histogram histogram) {
        return http.sendAsync(get(Plane.TENANT, "/v1/evidence/receipts/" + id),
                HttpResponse.BodyHandlers.discarding())
                .thenCompose(response -> {
                    if (response.statusCode() == 200) {
                        record(histogram, due, 200, 200);
                        return CompletableFuture.<Void> completedFuture(null);
                    }
                    return CompletableFuture.supplyAsync(() -> id,
                            CompletableFuture.delayedExecutor(POLL.toMillis(), TimeUnit.MILLISECONDS))
                            .thenCompose(again -> inLedger(again, due, histogram));
                });
    }

    /** 202 is as durable as 201; only the check of the id's uniqueness comes later. */
    private static int durable(int status) {
        return status == 202 ? 201 : status;
    }

    private static void record(Histogram histogram, long due, int status, int wanted) {
        if (status != wanted) {
            throw new IllegalStateException("answered " + status + ", wanted " + wanted);
        }
        histogram.recordValue(Math.min(HIGHEST_MICROS, (System.nanoTime() - due) / 1000));
    }

    private static Figure at(Histogram histogram, double percentile, String name) {
        return new Figure(name, histogram.getValueAtPercentile(percentile) / 1000.0, "ms");
    }

    private HttpRequest postOf(Item item) {
        return HttpRequest.newBuilder(URI.create(planes.url(Plane.IDE, "/v1/receipts")))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(item.line())).build();
    }

    private HttpRequest get(Plane plane, String path) {
        return HttpRequest.newBuilder(URI.create(planes.url(plane, path))).build();
    }
}
