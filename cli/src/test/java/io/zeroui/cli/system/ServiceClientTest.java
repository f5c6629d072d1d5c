package io.zeroui.cli.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.sun.net.httpserver.HttpServer;

import io.zeroui.cli.CliFailure;
import io.zeroui.contracts.Plane;

class ServiceClientTest {

    private HttpServer server;
    private RunningSystem system;
    private ServiceClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        system = RunningSystem.of(Map.of("ZEROUI_IDE_HTTP_PORT", String.valueOf(server.getAddress().getPort())));
        client = new ServiceClient(system);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private void answers(String path, int status, String body) {
        server.createContext(path, exchange -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    @Test
    void aProblemIsToldWithItsReasonAndDetail() {
        answers("/v1/receipts", 403, """
                {"title":"x","detail":"no key k is trusted here",
                 "error":{"code":"SIGNATURE_VERIFICATION_FAILED","details":{"reason":"KID_UNKNOWN"}}}""");
        ServiceClient.Answer answer = client.post(Plane.IDE, "/v1/receipts", new byte[] { '{', '}' });
        assertThat(answer.isSuccess()).isFalse();
        assertThat(answer.problem()).isEqualTo("HTTP 403 KID_UNKNOWN: no key k is trusted here");
    }

    @Test
    void aServiceThatIsReadyIsUpAndOneThatIsNotSaysWhichChecksFail() {
        answers("/q/health/ready", 503, """
                {"status":"DOWN","checks":[{"name":"database","status":"DOWN","data":{"state":"waiting"}},
                 {"name":"channels","status":"UP"}]}""");
        ServiceProbe.Answer answer = ServiceProbe.ask(system, client, Plane.IDE);
        assertThat(answer.state()).isEqualTo("degraded");
        assertThat(answer.cause()).isEqualTo("not ready: database {\"state\":\"waiting\"}");
        server.removeContext("/q/health/ready");
        answers("/q/health/ready", 200, "{}");
        assertThat(ServiceProbe.ask(system, client, Plane.IDE).isUp()).isTrue();
    }

    @Test
    void aServiceThatDoesNotListenIsDownAndUsingItIsAFailureWithAMend() {
        server.stop(0);
        assertThat(ServiceProbe.ask(system, client, Plane.IDE).state()).isEqualTo("down");
        assertThatThrownBy(() -> client.get(Plane.IDE, "/v1/status")).isInstanceOf(CliFailure.class)
                .hasMessageContaining("the ide plane does not answer at http://127.0.0.1:");
    }

    @Test
    void aRefusedStreamIsAFailureAndAnAcceptedOneGivesItsLines() {
        answers("/refused", 415, "{\"detail\":\"not this type\"}");
        assertThatThrownBy(() -> client.postLines(Plane.IDE, "/refused", BodyPublishers.ofString("x\n")))
                .isInstanceOf(CliFailure.class).hasMessageContaining("HTTP 415: not this type");
        answers("/accepted", 200, "{\"line\":1}\n{\"line\":2}\n");
        try (Stream<String> lines = client.postLines(Plane.IDE, "/accepted", BodyPublishers.ofString("x\ny\n"))) {
            assertThat(lines).hasSize(2);
        }
    }

    @Test
    void theAdministratorKeyGoesWithEveryRequestAndOnlyWhereItIsKnown() {
        List<String> seen = new CopyOnWriteArrayList<>();
        server.createContext("/v1/status", exchange -> {
            seen.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        client.get(Plane.IDE, "/v1/status");
        new ServiceClient(RunningSystem.of(Map.of("ZEROUI_ADMIN_KEY", "zu_all_x", "ZEROUI_IDE_HTTP_PORT",
                String.valueOf(server.getAddress().getPort())))).get(Plane.IDE, "/v1/status");
        assertThat(seen).containsExactly("null", "Bearer zu_all_x");
    }
}
