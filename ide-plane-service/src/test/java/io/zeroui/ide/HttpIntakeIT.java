package io.zeroui.ide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.ide.EdgeClient.Answer;
import io.zeroui.testing.BadInput;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.SignedReceipts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "ide"))
class HttpIntakeIT {

    private final EdgeClient edge = new EdgeClient();
    private final SignedReceipts emitter = edge.emitter("http-key");

    @Test
    void aReceiptIsStoredByteForByteAndFoundAtOnce() throws IOException {
        byte[] receipt = emitter.decision("repo-http");
        Answer answer = edge.submit(receipt);
        assertThat(answer.status()).isIn(201, 202);
        assertThat(answer.body().path("hash").asText()).isEqualTo(Hash.of(receipt).prefixed());
        assertThat(answer.body().path("tenant_id").asText()).isEqualTo("local");
        String id = EdgeClient.idOf(receipt);
        assertThat(edge.getBytes("/v1/receipts/" + id + "?raw=true")).isEqualTo(receipt);
        byte[] file = Files.readAllBytes(edge.root().resolve(answer.body().path("file").asText()));
        int offset = answer.body().path("offset").asInt();
        assertThat(Arrays.copyOfRange(file, offset, offset + receipt.length)).isEqualTo(receipt);
        await().untilAsserted(() -> {
            Answer found = edge.get("/v1/receipts/" + id);
            assertThat(found.status()).isEqualTo(200);
            assertThat(found.body().path("indexed").asBoolean()).isTrue();
            assertThat(found.body().at("/index/gate_id").asText()).isEqualTo("dependency-policy");
            assertThat(found.body().at("/receipt/receipt_id").asText()).isEqualTo(id);
        });
    }

    @Test
    void unknownMembersAreKeptAndOneLineFeedAtTheEndIsAllowed() {
        byte[] receipt = emitter.decision("repo-http", SignedReceipts.newId(), r -> r.put("x_new_member", 7));
        assertThat(edge.submit(EdgeClient.line(receipt)).status()).isIn(201, 202);
        assertThat(edge.getBytes("/v1/receipts/" + EdgeClient.idOf(receipt) + "?raw=true")).isEqualTo(receipt);
    }

    @Test
    void feedbackIsTakenAsWell() {
        assertThat(edge.submit(emitter.feedback("repo-http", "feedback-1", SignedReceipts.newId())).status())
                .isIn(201, 202);
    }

    @Test
    void everyBadLineIsRefusedWithItsReason() {
        SoftAssertions softly = new SoftAssertions();
        Map<String, BadInput.Case> cases = BadInput.all("repo-bad", emitter, SignedReceipts.withNewKey("stranger"));
        cases.forEach((what, bad) -> {
            Answer answer = edge.submit(bad.line());
            softly.assertThat(answer.status()).as(what + ": " + answer.body()).isBetween(400, 499);
            softly.assertThat(answer.reason()).as(what).isIn((Object[]) bad.reasons());
            softly.assertThat(answer.body().at("/error/code").asText()).as(what).isNotEmpty();
        });
        softly.assertAll();
        assertThat(edge.submit(emitter.decision("repo-bad")).status()).as("nothing else is stopped").isIn(201, 202);
    }

    @Test
    void aBrokenMetadataOnlyRuleNamesThePathAndIsKeptInQuarantine() {
        Answer answer = edge.submit(emitter.decision("repo-http", SignedReceipts.newId(),
                r -> r.put("severity", "write to jane.doe@example.org")));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.body().at("/error/details/path").asText()).isEqualTo("/severity");
        assertThat(edge.quarantined(null)).contains("CONTAINS_PERSONAL_DATA");
    }

    @Test
    void severalLinesOrTooManyBytesAreRefused() {
        byte[] receipt = emitter.decision("repo-http");
        assertThat(edge.submit(BadInput.concat(EdgeClient.line(receipt), receipt)).reason()).isEqualTo("NOT_ONE_LINE");
        assertThat(edge.submit(new byte[300_000]).status()).isEqualTo(413);
        assertThat(edge.submit(new byte[0]).status()).isEqualTo(400);
    }

    @Test
    void theSameBytesAgainAreSuccessAndOtherBytesAreAConflict() {
        byte[] receipt = emitter.decision("repo-http");
        assertThat(edge.submit(receipt).status()).isIn(201, 202);
        Answer again = edge.submit(receipt);
        assertThat(again.status()).isIn(200, 202);
        assertThat(again.body().path("duplicate").asBoolean()).isTrue();
        Answer other = edge.submit(emitter.decision("repo-http", EdgeClient.idOf(receipt), r -> r.put("degraded", true)));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.body().at("/error/code").asText()).isEqualTo("DUPLICATE_RECEIPT");
    }

    @Test
    void theNewestReceiptsOfARepositoryAreListed() {
        List<byte[]> receipts = emitter.decisions("repo-newest", 5);
        receipts.forEach(receipt -> assertThat(edge.submit(receipt).status()).isIn(201, 202));
        await().untilAsserted(() -> assertThat(edge.get("/v1/receipts?repo=repo-newest&limit=3").body().path("items"))
                .hasSize(3)
                .first().extracting(item -> item.path("receipt_id").asText())
                .isEqualTo(EdgeClient.idOf(receipts.get(4))));
        assertThat(edge.get("/v1/receipts?repo=../x").status()).isEqualTo(400);
        assertThat(edge.get("/v1/receipts?limit=0").status()).isEqualTo(400);
        assertThat(edge.get("/v1/receipts?since=yesterday").status()).isEqualTo(400);
        assertThat(edge.get("/v1/receipts/" + SignedReceipts.newId()).status()).isEqualTo(404);
    }

    @Test
    void theProbeTenantIsItsOwnAndNobodyElses() {
        Answer probe = edge.submit(emitter.decision("zeroui-selfcheck", SignedReceipts.newId(),
                r -> r.put("tenant_id", "zeroui-selfcheck")));
        assertThat(probe.body().path("tenant_id").asText()).isEqualTo("zeroui-selfcheck");
        assertThat(edge.submit(emitter.decision("repo-http", SignedReceipts.newId(),
                r -> r.put("tenant_id", "zeroui-selfcheck"))).status()).isEqualTo(403);
    }

    @Test
    void statusAndDocumentationAreThere() {
        Answer status = edge.get("/v1/status");
        assertThat(status.body().path("edge").asText()).isEqualTo("edge-local");
        assertThat(status.body().path("epoch").asText()).isNotEmpty();
        assertThat(new String(edge.getBytes("/q/openapi"), StandardCharsets.UTF_8))
                .contains("/v1/receipts/bulk", "/v1/quarantine");
        assertThat(new String(edge.getBytes("/q/metrics"), StandardCharsets.UTF_8))
                .contains("zeroui_receipts_appended_total", "zeroui_append_fsync_seconds", "zeroui_outbox_pending");
    }
}
