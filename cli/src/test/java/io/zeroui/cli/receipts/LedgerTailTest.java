package io.zeroui.cli.receipts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.zeroui.cli.CliFailure;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.cli.system.ServiceClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The tail against a service whose ledger has a receipt that is meant at every multiple of seven, and short stretches. */
class LedgerTailTest {

    private static final long STRETCH = 40;

    private HttpServer server;
    private LedgerTail tail;
    private volatile long last;
    private volatile int status = 200;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/evidence/receipts/ledger-query", this::answer);
        server.start();
        tail = new LedgerTail(new ServiceClient(RunningSystem.of(
                Map.of("ZEROUI_TENANT_HTTP_PORT", String.valueOf(server.getAddress().getPort())))), new ReceiptQuery());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        assertThat(exchange.getRequestHeaders().getFirst("X-Tenant-Id")).isEqualTo("local");
        JsonNode asked = Json.read(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        long now = last;
        boolean forward = asked.has("after");
        long after = forward ? Math.min(asked.path("after").asLong(), now) : 0;
        long to = forward ? Math.min(now, after + STRETCH) : Math.min(now, asked.path("before").asLong(Long.MAX_VALUE) - 1);
        after = forward ? after : Math.max(0, to - STRETCH);
        ObjectNode answer = Json.object().put("after", after).put("to", to).put("last", now);
        LongStream.rangeClosed(after + 1, to).filter(place -> place % 7 == 0)
                .forEach(place -> answer.withArray("items").addObject().put("ledger_sequence", place));
        byte[] body = Json.write(answer).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void theEndIsFoundHoweverFarBackItBegins() {
        last = 300;
        assertThat(places(tail.end(10))).isEqualTo(LongStream.rangeClosed(33, 42).mapToObj(n -> n * 7).toList());
        assertThat(places(tail.end(0))).isEmpty();
        assertThat(places(tail.end(500))).hasSize(42).startsWith(7L).endsWith(294L);
        last = 0;
        assertThat(tail.end(10)).isEmpty();
    }

    @Test
    void whatComesInIsToldOnceAndInOrderThroughOutagesAndARebuild() {
        last = 100;
        List<Long> told = new ArrayList<>(places(tail.end(2)));
        long grown = 100;
        for (int round = 0; round < 60; round++) {
            status = List.of(200, 503, 200, 429, 500, 200).get(round % 6);
            last = round % 11 == 5 ? 3 : grown;
            grown += round % 4 == 0 ? 97 : round % 3;
            do {
                told.addAll(places(tail.next()));
            } while (tail.isBehind());
        }
        status = 200;
        last = grown;
        do {
            told.addAll(places(tail.next()));
        } while (tail.isBehind());
        assertThat(told).isEqualTo(LongStream.rangeClosed(13, grown / 7).mapToObj(n -> n * 7).toList());
    }

    @Test
    void aServiceThatIsAwayIsWaitedForAndARefusalIsAFailure() throws IOException {
        last = 7;
        assertThat(places(tail.end(5))).containsExactly(7L);
        int port = server.getAddress().getPort();
        server.stop(0);
        assertThat(tail.next()).isEmpty();
        assertThat(tail.isBehind()).isFalse();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/v1/evidence/receipts/ledger-query", this::answer);
        server.start();
        last = 15;
        assertThat(places(tail.next())).containsExactly(14L);
        status = 403;
        assertThatThrownBy(tail::next).isInstanceOf(CliFailure.class).hasMessageContaining("HTTP 403");
    }

    private static List<Long> places(List<JsonNode> receipts) {
        return receipts.stream().map(receipt -> receipt.path("ledger_sequence").asLong()).toList();
    }
}
