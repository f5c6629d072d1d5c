package io.zeroui.tenant.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import io.zeroui.testing.SignedReceipts;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Receipts come faster than they are indexed: a stream is read more slowly, and nothing of it is refused. */
@QuarkusTest
@Timeout(180)
@TestProfile(IndexBehindIT.SmallBacklog.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class IndexBehindIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LINES = 8_000;

    /** Four thousand receipts may wait for the index. */
    public static final class SmallBacklog implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("zeroui.limits.ingest.rate", "0", "zeroui.evidence.unindexed-receipts", "4000");
        }
    }

    @Test
    void aStreamWaitsForTheIndex() throws Exception {
        TenantId tenant = TenantId.of("t-" + UUID.randomUUID());
        RegistryPlane.ensure(tenant);
        IntakeClient client = new IntakeClient(tenant);
        SignedReceipts emitter = client.trustedEmitter();
        List<byte[]> lines = emitter.decisions("core-api", LINES);
        assertThat(client.bulk(lines.subList(0, 1))).hasSize(1);

        CompletableFuture<List<Integer>> sent;
        try (Connection index = RealRuntime.connect(RealRuntime.with(RuntimePart.TENANT).adminUrl(Plane.TENANT))) {
            index.setAutoCommit(false);
            index.createStatement().execute("LOCK TABLE app.receipts_index IN SHARE MODE");
            sent = CompletableFuture.supplyAsync(() -> client.bulk(lines.subList(1, LINES)).stream()
                    .map(result -> result.path("status").asInt()).toList());
            await().atMost(PATIENCE).until(() -> new LedgerView(tenant).storedLines().size() > 3_000);
            TimeUnit.SECONDS.sleep(2);
            assertThat(new LedgerView(tenant).storedLines()).as("what was taken in while nothing was indexed").hasSizeLessThan(4_200);
            index.rollback();
        }
        assertThat(sent.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).hasSize(LINES - 1).containsOnly(201);
        await().atMost(PATIENCE).until(() -> new LedgerView(tenant).indexed().size() == LINES);
    }
}
