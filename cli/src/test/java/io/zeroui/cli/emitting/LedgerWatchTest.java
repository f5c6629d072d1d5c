package io.zeroui.cli.emitting;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.cli.system.ServiceClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LedgerWatchTest {

    /** How many more requests are answered as if nothing were there yet. */
    private final AtomicInteger late = new AtomicInteger(40);
    private HttpServer server;
    private LedgerWatch watch;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/evidence/receipts/", exchange -> {
            boolean mine = "acme".equals(exchange.getRequestHeaders().getFirst("X-Tenant-Id"));
            boolean arrived = late.getAndDecrement() <= 0;
            boolean there = mine && arrived && !exchange.getRequestURI().getPath().endsWith("never");
            byte[] body = "{\"index\":{}}".getBytes();
            exchange.sendResponseHeaders(there ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        watch = new LedgerWatch(new ServiceClient(RunningSystem.of(
                Map.of("ZEROUI_TENANT_HTTP_PORT", String.valueOf(server.getAddress().getPort())))), "acme");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void receiptsThatArriveLateAreFoundAndTheNumberGrows() {
        List<String> ids = IntStream.range(0, 50).mapToObj(i -> "r-" + i).toList();
        List<Integer> progress = new ArrayList<>();
        assertThat(watch.await(ids, Duration.ofSeconds(20), progress::add)).containsOnlyKeys(ids.toArray(String[]::new));
        assertThat(progress).isSorted().endsWith(50);
    }

    @Test
    void oneThatNeverArrivesIsMissingAndHoldsUpNoOther() {
        late.set(0);
        assertThat(watch.await(List.of("never", "r-1"), Duration.ofSeconds(3), count -> {
        })).containsOnlyKeys("r-1");
    }
}
