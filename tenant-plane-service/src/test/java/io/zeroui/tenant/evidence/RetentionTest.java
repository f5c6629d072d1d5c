package io.zeroui.tenant.evidence;

import static org.awaitility.Awaitility.await;

import io.restassured.response.ValidatableResponse;
import io.zeroui.tenant.evidence.retention.LedgerDrop;
import io.zeroui.tenant.evidence.retention.RetentionCrashes;
import io.zeroui.testing.SignedReceipts;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** A ledger of which days are dropped, and what is asked of it; its clock goes as the test wants. */
abstract class RetentionTest extends ErasingTest {

    @Inject
    LedgerDrop drop;

    final List<byte[]> lines = new ArrayList<>();

    @AfterEach
    void now() {
        RetentionCrashes.never(drop);
        OtherTime.shift(Duration.ZERO);
    }

    ValidatableResponse set(int days) {
        return ask().contentType("application/json").body(Map.of("days", days, "reason", "policy R-7")).put("/v1/evidence/retention").then();
    }

    /** The log signs a moment behind the ledger. */
    ValidatableResponse run() {
        return await().atMost(PATIENCE).until(() -> ask().post("/v1/evidence/retention/runs"),
                answer -> answer.statusCode() != 503 || !answer.asString().contains("checkpoint")).then();
    }

    List<String> sendAt(int daysFromNow, String repo, int receipts) {
        OtherTime.shift(Duration.ofDays(daysFromNow));
        List<String> ids = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        for (int i = 0; i < receipts; i++) {
            String id = SignedReceipts.newId();
            byte[] line = receipt(Instant.now().plus(Duration.ofDays(daysFromNow)), repo, id);
            ids.add(id);
            lines.add(line);
            numbers.add(edge.send(tenant, line, emitter));
        }
        await().atMost(PATIENCE).until(() -> edge.acknowledged().containsAll(numbers));
        await().atMost(PATIENCE).until(() -> ledger.indexed().containsAll(ids));
        return ids;
    }

    byte[] receipt(Instant time, String repo, String id) {
        return emitter.decision(repo, id, receipt -> receipt.put("timestamp_utc", time.toString()));
    }

    static LocalDate day(int daysFromNow) {
        return LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC).plusDays(daysFromNow);
    }
}
