package io.zeroui.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.transparency.MerkleTree;
import io.zeroui.contracts.transparency.SmallTree;
import io.zeroui.testing.planes.RunningPlanes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Sends lines to the ledger of the tenant {@code local}, and tells of each what was answered. */
final class Ways {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] TENANT = { "X-Tenant-Id", "local" };

    private final RunningPlanes planes;

    Ways(RunningPlanes planes) {
        this.planes = planes;
    }

    /** What became of a line: it is durable, another has its id, or nothing is known. */
    enum Answer {
        TAKEN,
        REFUSED,
        UNKNOWN
    }

    /**
     * Sends the lines of one repository once; gives an answer for each.
     *
     * @throws IllegalStateException when an answer makes no sense for a good line
     */
    List<Answer> send(Way way, String repository, List<byte[]> lines) {
        try {
            return switch (way) {
                case EDGE_SINGLE -> singles(planes.url(Plane.IDE, "/v1/receipts"), lines);
                case TENANT_SINGLE -> singles(planes.url(Plane.TENANT, "/v1/evidence/receipts"), lines, TENANT);
                case EDGE_BULK -> bulk(planes.url(Plane.IDE, "/v1/receipts/bulk"), lines);
                case TENANT_BULK -> bulk(planes.url(Plane.TENANT, "/v1/evidence/receipts/bulk"), lines, TENANT);
                case TENANT_COURIER -> courier(lines);
                case EDGE_FILE -> append(repository, lines);
            };
        } catch (UncheckedIOException connectionBroke) {
            return Collections.nCopies(lines.size(), Answer.UNKNOWN);
        }
    }

    private static List<Answer> singles(String url, List<byte[]> lines, String... headers) {
        return lines.stream().map(line -> answer(Http.post(url, "application/json", line, headers))).toList();
    }

    private static Answer answer(Http.Answer answer) {
        return answer(answer.status(), new String(answer.body(), StandardCharsets.UTF_8));
    }

    private static Answer answer(int status, String body) {
        if (status >= 200 && status < 300) {
            return Answer.TAKEN;
        }
        if (status == 409) {
            return Answer.REFUSED;
        }
        if (status >= 500) {
            return Answer.UNKNOWN;
        }
        throw new IllegalStateException("a good receipt was answered " + status + " " + body);
    }

    private static List<Answer> bulk(String url, List<byte[]> lines, String... headers) {
        List<Answer> answers = new ArrayList<>(Collections.nCopies(lines.size(), Answer.UNKNOWN));
        Http.Answer answer = Http.post(url, "application/x-ndjson", joined(lines), headers);
        if (answer(answer) == Answer.TAKEN) {
            new String(answer.body(), StandardCharsets.UTF_8).lines().forEach(result -> {
                JsonNode node = read(result);
                answers.set(node.path("line").asInt() - 1, answer(node.path("status").asInt(), result));
            });
        }
        return answers;
    }

    /** The batch's id and numbers follow from its receipts, so that it is the same batch when it is sent again. */
    private List<Answer> courier(List<byte[]> lines) {
        Hash root = SmallTree.root(lines.stream().map(MerkleTree::leafHash).toList());
        ObjectNode batch = JsonNodeFactory.instance.objectNode().put("batch_id", root.hex()).put("tenant_id", TENANT[1])
                .put("emitter_service", "courier").put("timestamp", "2026-11-21T12:00:00Z").put("merkle_root", root.prefixed());
        var numbers = batch.putArray("sequence_numbers");
        var receipts = batch.putArray("receipts");
        for (int i = 0; i < lines.size(); i++) {
            numbers.add(i + 1);
            receipts.add(new String(lines.get(i), StandardCharsets.UTF_8));
        }
        return Collections.nCopies(lines.size(), answer(Http.post(planes.url(Plane.TENANT, "/v1/evidence/receipts/courier-batch"),
                "application/json", batch.toString().getBytes(StandardCharsets.UTF_8), TENANT)));
    }

    private List<Answer> append(String repository, List<byte[]> lines) {
        Path file = new ZuRoot(planes.zuRoot()).ideReceipts(RepoId.of(repository), YearMonth.now(ZoneOffset.UTC));
        try {
            Files.createDirectories(file.getParent());
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                ByteBuffer bytes = ByteBuffer.wrap(joined(lines));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return Collections.nCopies(lines.size(), Answer.TAKEN);
    }

    private static byte[] joined(List<byte[]> lines) {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        lines.forEach(line -> {
            text.writeBytes(line);
            text.write('\n');
        });
        return text.toByteArray();
    }

    private static JsonNode read(String result) {
        try {
            return JSON.readTree(result);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
