package io.zeroui.ide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.testing.BadInput;
import io.zeroui.testing.ChunkedRequest;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.SignedReceipts;
import io.zeroui.testing.TestCredentials;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@QuarkusTest
@Timeout(120)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "ide"))
class BulkIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final EdgeClient edge = new EdgeClient();
    private final SignedReceipts emitter = edge.emitter("bulk-key");

    @Test
    void thousandsOfLinesGetOneResultEachInTheirOrder() {
        List<byte[]> receipts = emitter.decisions("repo-bulk", 3000);
        List<JsonNode> results = edge.bulk(receipts);
        assertThat(results).hasSize(3000);
        for (int i = 0; i < results.size(); i++) {
            assertThat(results.get(i).path("line").asInt()).isEqualTo(i + 1);
            assertThat(results.get(i).path("receipt_id").asText()).isEqualTo(EdgeClient.idOf(receipts.get(i)));
            assertThat(results.get(i).path("status").asInt()).isIn(201, 202);
        }
        await().untilAsserted(() -> assertThat(edge.get("/v1/receipts/" + EdgeClient.idOf(receipts.get(2999))).body()
                .path("indexed").asBoolean()).isTrue());
    }

    @Test
    void goodLinesAmongBadOnesAreStored() {
        List<byte[]> lines = new ArrayList<>();
        BadInput.all("repo-bulkbad", emitter, SignedReceipts.withNewKey("bulk-stranger")).values().forEach(bad -> {
            lines.add(bad.line());
            lines.add(emitter.decision("repo-bulkbad"));
        });
        List<JsonNode> results = edge.bulk(lines);
        assertThat(results).hasSameSizeAs(lines);
        for (int i = 0; i < results.size(); i++) {
            if (i % 2 == 0) {
                assertThat(results.get(i).path("status").asInt()).isBetween(400, 499);
                assertThat(results.get(i).at("/error/reason").asText()).isNotEmpty();
            } else {
                assertThat(results.get(i).path("status").asInt()).isIn(201, 202);
            }
        }
    }

    @Test
    void answersComeWhileTheRequestIsStillBeingSent() throws IOException {
        try (ChunkedRequest stream = bulk()) {
            for (int i = 1; i <= 3; i++) {
                stream.send(EdgeClient.line(emitter.decision("repo-duplex")));
                JsonNode result = JSON.readTree(stream.nextObject());
                assertThat(result.path("line").asInt()).isEqualTo(i);
                assertThat(result.path("status").asInt()).isIn(201, 202);
            }
            stream.end();
            assertThat(stream.nextLine()).isEqualTo("0");
        }
    }

    @Test
    void aLineOfAHundredMegabytesGetsItsResultAndTheNextOneIsStored() throws IOException {
        try (ChunkedRequest stream = bulk()) {
            byte[] block = new byte[1 << 20];
            Arrays.fill(block, (byte) 'x');
            for (int i = 0; i < 100; i++) {
                stream.send(block);
            }
            stream.send(new byte[] { '\n' });
            JsonNode tooLarge = JSON.readTree(stream.nextObject());
            assertThat(tooLarge.path("status").asInt()).isEqualTo(413);
            assertThat(tooLarge.at("/error/reason").asText()).isEqualTo("TOO_LARGE");
            stream.send(EdgeClient.line(emitter.decision("repo-duplex")));
            assertThat(JSON.readTree(stream.nextObject()).path("status").asInt()).isIn(201, 202);
        }
    }

    @Test
    void aClientThatGoesAwayLeavesTheServiceServingOthers() throws IOException {
        for (int round = 0; round < 40; round++) {
            try (ChunkedRequest stream = bulk()) {
                for (byte[] receipt : emitter.decisions("repo-abort", 20)) {
                    stream.send(EdgeClient.line(receipt));
                }
            }
        }
        await().untilAsserted(() -> assertThat(edge.bulk(emitter.decisions("repo-abort", 10)))
                .hasSize(10)
                .allSatisfy(result -> assertThat(result.path("status").asInt()).isIn(201, 202)));
    }

    @Test
    void aClientThatDoesNotReadIsNotReadFrom() throws IOException {
        try (ChunkedRequest stream = bulk()) {
            byte[] line = BadInput.utf8("not a receipt\n".repeat(2000));
            stream.sendBuffer(1 << 16);
            Thread sender = new Thread(() -> {
                try {
                    while (true) {
                        stream.send(line);
                    }
                } catch (IOException closed) {
                    // the test has ended
                }
            });
            sender.start();
            await().until(() -> sender.getState() == Thread.State.RUNNABLE && stream.stoodStill());
            assertThat(edge.submit(emitter.decision("repo-duplex")).status()).isIn(201, 202);
        }
    }

    @Test
    void anotherContentTypeIsRefusedAsAProblem() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", EdgeClient.port())) {
            socket.getOutputStream().write(BadInput.utf8(
                    "POST /v1/receipts/bulk HTTP/1.1\r\nHost: x\r\nAuthorization: " + TestCredentials.authorization()
                            + "\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\n{}"));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 415").contains("application/problem+json", "VALIDATION_ERROR");
        }
    }

    private static ChunkedRequest bulk() throws IOException {
        return new ChunkedRequest(EdgeClient.port(), "/v1/receipts/bulk", "Content-Type: application/x-ndjson");
    }
}
