package io.zeroui.ide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.SignedReceipts;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "ide"))
class UniquenessIT {

    private final EdgeClient edge = new EdgeClient();
    private final SignedReceipts emitter = edge.emitter("unique-key");

    @BeforeEach
    void uniquenessIsChecked() {
        await().until(() -> edge.get("/v1/status").body().path("uniqueness").asText().equals("checked"));
    }

    @Test
    void ofManyEqualReceiptsAtOnceOneIsStoredAndTheOthersAreDuplicates() throws Exception {
        byte[] receipt = emitter.decision("repo-race");
        List<Integer> statuses = atOnce(Collections.nCopies(16, receipt));
        assertThat(statuses).containsOnly(200, 201).containsOnlyOnce(201);
    }

    @Test
    void ofManyDifferentReceiptsWithOneIdAtOnceOneWins() throws Exception {
        String id = SignedReceipts.newId();
        List<byte[]> rivals = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            int line = i;
            rivals.add(emitter.decision("repo-race", id, r -> r.put("timestamp_monotonic_ms", line)));
        }
        assertThat(atOnce(rivals)).containsOnly(201, 409).containsOnlyOnce(201);
    }

    @Test
    void inOneStreamTheSameIdTwiceIsStoredOnce() {
        byte[] receipt = emitter.decision("repo-race");
        byte[] other = emitter.decision("repo-race", EdgeClient.idOf(receipt), r -> r.put("degraded", true));
        List<JsonNode> results = edge.bulk(List.of(receipt, receipt, other));
        assertThat(results).extracting(result -> result.path("status").asInt()).containsExactly(201, 200, 409);
    }

    @Test
    void ofAFileAndARequestWithOneIdExactlyOneIsKept() {
        for (int round = 0; round < 10; round++) {
            byte[] byFile = emitter.decision("repo-race2");
            byte[] byHttp = emitter.decision("repo-race2", EdgeClient.idOf(byFile), r -> r.put("degraded", true));
            int before = edge.quarantined(edge.relative(edge.file("repo-race2"))).size();
            edge.append(edge.file("repo-race2"), EdgeClient.line(byFile));
            int status = edge.submit(byHttp).status();
            assertThat(status).isIn(201, 409);
            byte[] winner = status == 201 ? byHttp : byFile;
            await().untilAsserted(() -> {
                assertThat(edge.getBytes("/v1/receipts/" + EdgeClient.idOf(byFile) + "?raw=true")).isEqualTo(winner);
                assertThat(edge.quarantined(edge.relative(edge.file("repo-race2"))))
                        .hasSize(before + (status == 201 ? 1 : 0));
            });
        }
    }

    private List<Integer> atOnce(List<byte[]> receipts) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(receipts.size());
        try {
            List<Callable<Integer>> calls = new ArrayList<>();
            receipts.forEach(receipt -> calls.add(() -> edge.submit(receipt).status()));
            List<Integer> statuses = new ArrayList<>();
            for (Future<Integer> answer : threads.invokeAll(calls)) {
                statuses.add(answer.get());
            }
            return statuses;
        } finally {
            threads.shutdownNow();
        }
    }
}
