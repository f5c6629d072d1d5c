package io.zeroui.bench;

import io.zeroui.contracts.Plane;
import io.zeroui.testing.TestCredentials;
import io.zeroui.testing.planes.RunningPlanes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * A fixed rate of single requests. Latency is taken from the moment at which a request was due, so a pause of the system
 * counts for every request that it holds up.
 */
final class SteadyRate {

    private static final long HIGHEST_MICROS = TimeUnit.SECONDS.toMicros(60);
    private static final int FLOOD_AT_ONCE = 16;
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final RunningPlanes planes;
    private final Ledger ledger;
    private final int perSecond;
    /** Its own thread: the shared pool of a machine with two cores has one, which takes the answers. */
    private final ExecutorService sender = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "steady-sender");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    SteadyRate(RunningPlanes planes, Ledger ledger, int perSecond) {
        this.planes = planes;
        this.ledger = ledger;
        this.perSecond = perSecond;
    }

    /** One receipt, and the id under which the ledger knows it. */
    record Item(String id, byte[] line) {
    }

    /** POST latency, and the time from each POST until its receipt is in the ledger's index. */
    List<Figure> posts(List<Item> items) throws SQLException {
        Histogram post = new ConcurrentHistogram(HIGHEST_MICROS, 3);
        Histogram arrival = new ConcurrentHistogram(HIGHEST_MICROS, 3);
        Map<String, Long> dueOf = new ConcurrentHashMap<>();
        List<CompletableFuture<?>> open = Collections.synchronizedList(new ArrayList<>());
        long before = ledger.rows();
        CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> pace(items.size(), (i, due) -> {
            Item item = items.get(i);
            dueOf.put(item.id(), due);
            open.add(http.sendAsync(postOf(item), HttpResponse.BodyHandlers.discarding())
                    .thenAccept(response -> record(post, due, durable(response.statusCode()), 201)));
        }), sender);
        ledger.follow(before, items.size(), LONGEST, (id, at) -> recordUntil(arrival, dueOf.getOrDefault(id, at), at));
        sent.join();
        open.forEach(CompletableFuture::join);
        ledger.awaitCounted(before + items.size(), LONGEST);
        return List.of(at(post, 50, "POST at " + perSecond + "/s, p50"), at(post, 99, "POST at " + perSecond + "/s, p99"),
                at(arrival, 50, "POST to in the ledger at " + perSecond + "/s, p50"),
                at(arrival, 99, "POST to in the ledger at " + perSecond + "/s, p99"));
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

    /** Every receipt posted and read again, {@value #FLOOD_AT_ONCE} at a time; waits until all of it is counted. */
    void flood(List<Item> items) throws SQLException {
        long before = ledger.rows();
        for (int from = 0; from < items.size(); from += FLOOD_AT_ONCE) {
            List<CompletableFuture<Void>> open = items.subList(from, Math.min(items.size(), from + FLOOD_AT_ONCE))
                    .stream()
                    .map(item -> http.sendAsync(postOf(item), HttpResponse.BodyHandlers.discarding())
                            .thenCompose(posted -> http.sendAsync(get(Plane.IDE, "/v1/receipts/" + item.id()),
                                    HttpResponse.BodyHandlers.discarding()))
                            .thenAccept(found -> check(found.statusCode(), 200)))
                    .toList();
            open.forEach(CompletableFuture::join);
        }
        ledger.awaitCounted(before + items.size(), LONGEST);
    }

    /** One receipt read so many times, {@value #FLOOD_AT_ONCE} at a time. */
    void read(String id, int times) {
        for (int done = 0; done < times; done += FLOOD_AT_ONCE) {
            Stream.generate(() -> http.sendAsync(get(Plane.IDE, "/v1/receipts/" + id),
                    HttpResponse.BodyHandlers.discarding())).limit(FLOOD_AT_ONCE).toList()
                    .forEach(answer -> check(answer.join().statusCode(), 200));
        }
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

    /** 202 is as durable as 201; only the check of the id's uniqueness comes later. */
    private static int durable(int status) {
        return status == 202 ? 201 : status;
    }

    private static void record(Histogram histogram, long due, int status, int wanted) {
        check(status, wanted);
        recordUntil(histogram, due, System.nanoTime());
    }

    private static void check(int status, int wanted) {
        if (status != wanted) {
            throw new IllegalStateException("answered " + status + ", wanted " + wanted);
        }
    }

    private static void recordUntil(Histogram histogram, long due, long now) {
        histogram.recordValue(Math.min(HIGHEST_MICROS, Math.max(0, now - due) / 1000));
    }

    private static Figure at(Histogram histogram, double percentile, String name) {
        return new Figure(name, histogram.getValueAtPercentile(percentile) / 1000.0, "ms");
    }

    private HttpRequest postOf(Item item) {
        return HttpRequest.newBuilder(URI.create(planes.url(Plane.IDE, "/v1/receipts")))
                .header("Authorization", TestCredentials.authorization())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(item.line())).build();
    }

    private HttpRequest get(Plane plane, String path) {
        return HttpRequest.newBuilder(URI.create(planes.url(plane, path)))
                .header("Authorization", TestCredentials.authorization()).build();
    }
}
