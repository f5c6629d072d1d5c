package io.zeroui.bench;

import io.zeroui.contracts.Plane;
import io.zeroui.testing.TestCredentials;
import io.zeroui.testing.planes.RunningPlanes;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Signed receipts as NDJSON streams: acknowledged by the edge, then in the ledger. */
final class BulkIngest {

    private static final int STREAMS = 2;
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final RunningPlanes planes;
    private final Ledger ledger;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    BulkIngest(RunningPlanes planes, Ledger ledger) {
        this.planes = planes;
        this.ledger = ledger;
    }

    /** Two figures: acknowledged per second, and into the ledger per second, both from the first byte sent. */
    List<Figure> run(List<byte[]> lines) throws SQLException {
        long before = ledger.rows();
        long start = System.nanoTime();
        List<CompletableFuture<Long>> streams = new ArrayList<>();
        int share = lines.size() / STREAMS;
        for (int i = 0; i < STREAMS; i++) {
            streams.add(send(lines.subList(i * share, (i + 1) * share)));
        }
        long acknowledged = streams.stream().mapToLong(CompletableFuture::join).sum();
        long acknowledgedAt = System.nanoTime();
        long indexedAt = ledger.awaitRows(before + acknowledged, LONGEST);
        ledger.awaitCounted(before + acknowledged, LONGEST);
        return List.of(
                Figure.rate("acknowledged by the edge (bulk NDJSON, signed, verified)", acknowledged,
                        acknowledgedAt - start, "receipts/s"),
                Figure.rate("into the tenant's ledger, end to end", acknowledged, indexedAt - start, "receipts/s"));
    }

    private CompletableFuture<Long> send(List<byte[]> lines) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            body.writeBytes(line);
            body.write('\n');
        }
        HttpRequest request = HttpRequest.newBuilder(URI.create(planes.url(Plane.IDE, "/v1/receipts/bulk")))
                .header("Authorization", TestCredentials.authorization())
                .header("Content-Type", "application/x-ndjson")
                .timeout(LONGEST)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body.toByteArray())).build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofLines())
                .thenApply(response -> response.body().filter(BulkIngest::isAccepted).count());
    }

    private static boolean isAccepted(String result) {
        return result.contains("\"status\":20");
    }
}
