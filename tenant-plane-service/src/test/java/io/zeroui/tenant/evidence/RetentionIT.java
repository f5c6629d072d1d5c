package io.zeroui.tenant.evidence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.tenant.evidence.retention.RetentionCrashes;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.SignedReceipts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Retention: days that are not kept any longer are gone, what is held or younger stays, and every proof holds. */
@QuarkusTest
@TestProfile(OtherTime.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class RetentionIT extends RetentionTest {

    @Test
    void daysThatAreNotKeptAreGoneAndEverythingElseHolds() {
        List<String> old = sendAt(-400, "core-api", 5);
        List<String> other = sendAt(-400, "web-shop", 2);
        erase(old.get(1)).statusCode(200);
        List<String> kept = sendAt(-390, "core-api", 3);
        List<String> fresh = sendAt(0, "core-api", 2);
        old.forEach(this::proved);

        set(395).statusCode(200).body("days", equalTo(395)).body("set_by", equalTo("key:" + administrator()))
                .body("kept_from", nullValue());
        assertThat(found()).as("nothing goes before the look").hasSize(11);
        run().statusCode(200).body("dropped_lines", equalTo(8)).body("kept_from", equalTo(day(-395).toString()));

        assertThat(found()).containsExactlyInAnyOrderElementsOf(concat(kept, fresh));
        assertThat(ledger.storedLines()).hasSize(5);
        assertThat(ledger.journal()).hasSize(7).first().asString().contains("\"seq\":9,");
        for (String id : concat(List.of(old.get(0), old.get(4)), other)) {
            ask().get("/v1/evidence/receipts/" + id).then().statusCode(404);
        }
        for (byte[] line : lines.subList(0, 7)) {
            assertThat(hits(Hash.of(line).hex())).as("what line and journal say, and the rows behind; events wait for nobody here")
                    .isSubsetOf("app.outbox");
        }
        ask().get("/v1/evidence/receipts/" + old.get(1)).then().statusCode(410).body("error.details.reason", equalTo("right to erasure"));
        concat(kept, fresh).forEach(this::holds);
        run().statusCode(200).body("dropped_lines", equalTo(8));
        assertThat(ledger.journal()).as("nothing more goes").hasSize(7);
        concat(kept, fresh).forEach(this::proved);
    }

    @Test
    void anIndexIsBuiltAgainFromWhatIsLeft() {
        List<String> old = sendAt(-400, "core-api", 4);
        erase(old.get(3)).statusCode(200);
        String over = hold("{\"name\":\"INC-1\",\"reason\":\"a breach\",\"repo_id\":\"web-shop\"}");
        release(over).statusCode(200);
        hold("{\"name\":\"INC-2\",\"reason\":\"a breach\",\"repo_id\":\"web-shop\"}");
        List<String> younger = sendAt(-380, "core-api", 2);
        sendAt(-370, "core-api", 2);
        sendAt(0, "core-api", 1);
        set(390).statusCode(200);
        run().statusCode(200).body("dropped_lines", equalTo(8));
        set(375).statusCode(200);
        run().statusCode(200).body("dropped_lines", equalTo(10));
        assertThat(ledger.indexed()).doesNotContainAnyElementsOf(younger).hasSize(3);
        assertThat(ledger.lines("bases")).as("one base, and what it says").hasSize(1 + 1 + 4 + 1);

        var before = store.digest().await().atMost(PATIENCE);
        rebuild();
        assertThat(store.digest().await().atMost(PATIENCE)).isEqualTo(before);
        assertThat(found()).hasSize(3).allSatisfy(this::holds);
        ask().get("/v1/evidence/holds").then().body("items.name", equalTo(List.of("INC-2")));
        ask().get("/v1/evidence/retention").then().body("days", equalTo(375)).body("dropped_lines", equalTo(10));
        ask().get("/v1/evidence/receipts/" + old.get(3)).then().statusCode(410);
        sendAt(0, "core-api", 1).forEach(this::holds);
    }

    @Test
    void aLegalHoldKeepsItsDayAndEveryLaterOne() {
        sendAt(-400, "core-api", 2);
        List<String> held = sendAt(-390, "web-shop", 1);
        sendAt(-390, "core-api", 1);
        sendAt(-380, "core-api", 1);
        sendAt(0, "core-api", 1);
        String hold = hold("{\"name\":\"INC-7\",\"repo_id\":\"web-shop\",\"reason\":\"a breach\"}");
        set(30).statusCode(200).body("held_by", equalTo("INC-7")).body("held_from", equalTo(day(-390).toString()));

        run().statusCode(200).body("kept_from", equalTo(day(-390).toString())).body("held_by", equalTo("INC-7"));
        assertThat(found()).hasSize(4).containsAll(held);
        release(hold).statusCode(200);
        run().statusCode(200).body("kept_from", equalTo(day(-30).toString())).body("held_by", nullValue());
        assertThat(found()).hasSize(1);
    }

    /** A receipt that a crash kept out of the journal lies in the file of its day and is taken in on the next. */
    @Test
    void aHoldKeepsTheDayOfTheFile() throws IOException {
        sendAt(-400, "core-api", 1);
        sendAt(-390, "core-api", 1);
        String late = SignedReceipts.newId();
        byte[] line = receipt(day(-390).atStartOfDay().toInstant(ZoneOffset.UTC), "core-api", late);
        Path file = PlaneResource.zuRoot().zuRoot().evidenceData(tenant, LedgerView.REGION, RepoId.of("core-api"), day(-390));
        Files.write(file, (new String(line, StandardCharsets.UTF_8) + "\n").getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
        OtherTime.shift(Duration.ofDays(-389));
        open.get(tenant).markBroken();
        sendAt(-389, "web-shop", 1);
        assertThat(ledger.indexed()).contains(late);
        sendAt(0, "core-api", 1);
        hold("{\"name\":\"INC-8\",\"receipt_ids\":[\"" + late + "\"],\"reason\":\"a breach\"}");
        set(30).statusCode(200).body("held_from", equalTo(day(-390).toString()));

        run().statusCode(200).body("kept_from", equalTo(day(-390).toString()));
        assertThat(found()).hasSize(4).contains(late);
    }

    /** What a ledger goes on from is not forgotten because a line of its journal cannot be read. */
    @Test
    void aDamagedLineDoesNotCostTheBase() throws IOException {
        sendAt(-400, "core-api", 2);
        sendAt(0, "core-api", 1);
        set(100).statusCode(200);
        run().statusCode(200);
        Path journal = PlaneResource.zuRoot().zuRoot().evidenceJournal(tenant, LedgerView.REGION, day(0));
        String text = Files.readString(journal);
        Files.writeString(journal, text.replace("days_dropped", "days-dropped"));

        run().statusCode(greaterThanOrEqualTo(500));
        assertThat(ledger.lines("bases")).isNotEmpty();
        Files.writeString(journal, text);
        run().statusCode(200).body("dropped_lines", equalTo(2));
    }

    @Test
    void whatComesLateIsRefusedAndWhatIsKnownIsKnown() {
        List<String> old = sendAt(-400, "core-api", 2);
        byte[] dropped = lines.get(0);
        erase(old.get(1)).statusCode(200);
        byte[] erased = lines.get(1);
        sendAt(0, "core-api", 1);
        byte[] known = lines.get(2);
        set(100).statusCode(200);
        run().statusCode(200);

        awaitAcknowledged(edge.send(tenant, dropped, emitter));
        awaitAcknowledged(edge.send(tenant, erased, emitter));
        awaitAcknowledged(edge.send(tenant, known, emitter));
        awaitAcknowledged(edge.send(tenant, receipt(day(-101).atStartOfDay().toInstant(ZoneOffset.UTC), "core-api", SignedReceipts.newId()),
                emitter));
        assertThat(ledger.deadLetters()).hasSize(2).allMatch(letter -> letter.contains("RETENTION_PASSED"));
        awaitAcknowledged(edge.send(tenant, receipt(day(-99).atStartOfDay().toInstant(ZoneOffset.UTC), "core-api", SignedReceipts.newId()),
                emitter));
        await().atMost(PATIENCE).until(() -> ledger.indexed().size() == 2);
        assertThat(ledger.deadLetters()).as("late, and within the rule").hasSize(2);

        open.get(tenant).markBroken();
        awaitAcknowledged(edge.send(tenant, dropped, emitter));
        assertThat(ledger.deadLetters()).as("the limit is known after a recovery").hasSize(3);
        byte[] byHttp = dropped;
        ask().contentType("application/json").body(byHttp).post("/v1/evidence/receipts").then().statusCode(422)
                .body("error.details.reason", equalTo("RETENTION_PASSED"));
    }

    @Test
    void aCrashBetweenAnyTwoStepsIsFinishedLater() {
        boolean crashed = true;
        for (int step = 1; crashed; step++) {
            int age = 400 - 10 * step;
            sendAt(-age, "core-api", 2);
            List<String> kept = sendAt(-age + 5, "core-api", 1);
            set(3).statusCode(200);
            RetentionCrashes.behind(drop, step);

            crashed = run().extract().statusCode() != 200;
            RetentionCrashes.never(drop);
            open.get(tenant).markBroken();
            run().statusCode(200).body("kept_from", equalTo(day(-age + 2).toString()));

            assertThat(ledger.indexed()).as("step " + step).isEqualTo(kept);
            assertThat(ledger.storedLines()).hasSize(1);
            assertThat(ledger.lines("bases")).hasSizeGreaterThan(1).first().asString().contains("\"first_day\":\"" + day(-age + 2) + "\"");
            kept.forEach(this::holds);
            kept.forEach(this::proved);
            assertThat(step).isLessThan(12);
        }
        var before = store.digest().await().atMost(PATIENCE);
        rebuild();
        assertThat(store.digest().await().atMost(PATIENCE)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"days\":30}", "{\"days\":-1,\"reason\":\"r\"}", "{\"days\":\"30\",\"reason\":\"r\"}",
            "{\"days\":1.5,\"reason\":\"r\"}", "{\"days\":36526,\"reason\":\"r\"}", "{\"days\":99999999999,\"reason\":\"r\"}",
            "{\"days\":null,\"reason\":\"r\"}", "{\"days\":30,\"months\":1,\"reason\":\"r\"}", "[]", ""})
    void whatIsNoRuleIsRefused(String body) {
        sendAt(0, "core-api", 1);
        ask().contentType("application/json").body(body).put("/v1/evidence/retention").then().statusCode(400);
        ask().get("/v1/evidence/retention").then().statusCode(200).body("days", equalTo(0)).body("set_at", nullValue());
    }

    @Test
    void everyoneHasHisOwnRule() {
        sendAt(-10, "core-api", 1);
        sendAt(0, "core-api", 1);
        as("evidence:erase", tenant).get("/v1/evidence/retention").then().statusCode(403);
        TenantId stranger = TenantId.of("t-" + UUID.randomUUID());
        as("evidence:retention", stranger).header("X-Tenant-Id", tenant.value()).body(Map.of("days", 1, "reason", "mischief"))
                .put("/v1/evidence/retention").then().statusCode(403);
        as("evidence:retention", stranger).header("X-Tenant-Id", tenant.value()).post("/v1/evidence/retention/runs").then().statusCode(403);
        as("evidence:retention", tenant).body(Map.of("days", 1, "reason", "policy R-7")).put("/v1/evidence/retention").then()
                .statusCode(200);
        as("evidence:retention", tenant).post("/v1/evidence/retention/runs").then().statusCode(200).body("dropped_lines", equalTo(1));
        given().header("X-Tenant-Id", "no-such-tenant").contentType("application/json").body("{\"days\":1,\"reason\":\"r\"}")
                .put("/v1/evidence/retention").then().statusCode(404);
    }

    private void proved(String id) {
        if (ask().get("/v1/evidence/receipts/" + id).statusCode() == 200) {
            assertProves(proof(id));
        }
    }

    private void holds(String id) {
        ask().get("/v1/evidence/receipts/" + id + "/verify").then().statusCode(200).body("valid", equalTo(true))
                .body("chain_valid", equalTo(true));
    }

    private static List<String> concat(List<String> some, List<String> more) {
        List<String> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }
}
