package io.zeroui.cli.emitting;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;

import io.zeroui.cli.CliFailure;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.system.ServiceClient;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.RepoId;

/** The three ways in which receipts get to the IDE plane. */
final class DemoEmission {

    /** Repository of what is sent by HTTP. */
    static final RepoId HTTP_REPO = RepoId.of("zeroui-demo");
    /** Repository of what the other process appends; a file of its own, as an edge agent would have. */
    static final RepoId FILE_REPO = RepoId.of("zeroui-demo-agent");

    private final ServiceClient client;
    private final ZuRoot zuRoot;
    private final Emitter http;
    private final Emitter file;

    DemoEmission(ServiceClient client, ZuRoot zuRoot, TrustedKey key) {
        this.client = client;
        this.zuRoot = zuRoot;
        this.http = new Emitter(key.kid(), key.privateKey(), HTTP_REPO.value());
        this.file = new Emitter(key.kid(), key.privateKey(), FILE_REPO.value());
    }

    /**
     * The first receipt, by one request.
     *
     * @param receipt what was sent
     * @param answer the IDE plane's answer
     */
    record First(Emitter.Signed receipt, JsonNode answer) {
    }

    First one() {
        Emitter.Signed receipt = http.receipt(0);
        return new First(receipt, FirstReceipt.send(client, receipt));
    }

    /** So many as a stream; all of them must be accepted. */
    List<String> stream(int count) {
        List<Emitter.Signed> receipts = IntStream.rangeClosed(1, count).mapToObj(http::receipt).toList();
        try (Stream<String> results = client.postLines(Plane.IDE, "/v1/receipts/bulk",
                BodyPublishers.ofByteArray(joined(receipts)))) {
            List<String> refused = results.filter(line -> Json.read(line).path("status").asInt(999) >= 300).limit(3).toList();
            if (!refused.isEmpty()) {
                throw new CliFailure("the IDE plane refuses lines of the stream: " + String.join(" ", refused),
                        "see ./zeroui logs ide");
            }
        }
        return receipts.stream().map(Emitter.Signed::id).toList();
    }

    /** The file to which the other process appends. */
    Path file() {
        return zuRoot.ideReceipts(FILE_REPO, YearMonth.now(ZoneOffset.UTC));
    }

    /** So many by another process that appends to the file and knows nothing else of the system. */
    List<String> append(int count) {
        List<Emitter.Signed> receipts = IntStream.rangeClosed(1, count).mapToObj(file::receipt).toList();
        try {
            Files.createDirectories(file().getParent());
            Process agent = new ProcessBuilder("/bin/sh", "-c", "exec cat >>\"$0\"", file().toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
            try (OutputStream input = agent.getOutputStream()) {
                input.write(joined(receipts));
            }
            if (!agent.waitFor(1, TimeUnit.MINUTES) || agent.exitValue() != 0) {
                throw new CliFailure("the appending process could not write " + file(), "see the message above");
            }
        } catch (IOException e) {
            throw new CliFailure("cannot append to " + file() + ": " + e.getMessage(),
                    "run this as the user who owns ZU_ROOT");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliFailure("interrupted", "run it again");
        }
        return receipts.stream().map(Emitter.Signed::id).toList();
    }

    private static byte[] joined(List<Emitter.Signed> receipts) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        for (Emitter.Signed receipt : receipts) {
            lines.writeBytes(receipt.line());
            lines.write('\n');
        }
        return lines.toByteArray();
    }
}
