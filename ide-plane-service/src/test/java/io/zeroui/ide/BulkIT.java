package io.zeroui.ide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.SignedReceipts;
import io.zeroui.testing.TestCredentials;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
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
        try (Stream stream = new Stream()) {
            for (int i = 1; i <= 3; i++) {
                stream.send(EdgeClient.line(emitter.decision("repo-duplex")));
                JsonNode result = stream.nextResult();
                assertThat(result.path("line").asInt()).isEqualTo(i);
                assertThat(result.path("status").asInt()).isIn(201, 202);
            }
            stream.end();
            assertThat(stream.nextLine()).isEqualTo("0");
        }
    }

    @Test
    void aLineOfAHundredMegabytesGetsItsResultAndTheNextOneIsStored() throws IOException {
        try (Stream stream = new Stream()) {
            byte[] block = new byte[1 << 20];
            Arrays.fill(block, (byte) 'x');
            for (int i = 0; i < 100; i++) {
                stream.send(block);
            }
            stream.send(new byte[] { '\n' });
            JsonNode tooLarge = stream.nextResult();
            assertThat(tooLarge.path("status").asInt()).isEqualTo(413);
            assertThat(tooLarge.at("/error/reason").asText()).isEqualTo("TOO_LARGE");
            stream.send(EdgeClient.line(emitter.decision("repo-duplex")));
            assertThat(stream.nextResult().path("status").asInt()).isIn(201, 202);
        }
    }

    @Test
    void aClientThatGoesAwayLeavesTheServiceServingOthers() throws IOException {
        for (int round = 0; round < 40; round++) {
            try (Stream stream = new Stream()) {
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
        try (Stream stream = new Stream()) {
            byte[] line = BadInput.utf8("not a receipt\n".repeat(2000));
            stream.socket.setSendBufferSize(1 << 16);
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

    /** A bulk request on a plain socket, with chunked coding both ways. */
    private static final class Stream implements AutoCloseable {

        private final Socket socket = new Socket("127.0.0.1", EdgeClient.port());
        private final OutputStream out = socket.getOutputStream();
        private final BufferedReader in = new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        private volatile long sent;
        private long seen = -1;
        private boolean headRead;

        Stream() throws IOException {
            out.write(BadInput.utf8("POST /v1/receipts/bulk HTTP/1.1\r\nHost: x\r\n"
                    + "Authorization: " + TestCredentials.authorization() + "\r\n"
                    + "Content-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"));
        }

        void send(byte[] bytes) throws IOException {
            out.write(BadInput.concat(BadInput.utf8(Integer.toHexString(bytes.length) + "\r\n"), bytes,
                    BadInput.utf8("\r\n")));
            out.flush();
            sent += bytes.length;
        }

        void end() throws IOException {
            out.write(BadInput.utf8("0\r\n\r\n"));
        }

        boolean stoodStill() {
            boolean still = sent > 0 && sent == seen;
            seen = sent;
            return still;
        }

        String nextLine() throws IOException {
            String line = in.readLine();
            while (line != null && line.isEmpty()) {
                line = in.readLine();
            }
            return String.valueOf(line);
        }

        JsonNode nextResult() throws IOException {
            if (!headRead) {
                assertThat(in.readLine()).startsWith("HTTP/1.1 200");
                while (!in.readLine().isEmpty()) {
                    headRead = true;
                }
            }
            String line = nextLine();
            while (!line.startsWith("{")) {
                line = nextLine();
            }
            return EdgeClient.results(line).get(0);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
