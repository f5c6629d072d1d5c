package io.zeroui.ide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.delivery.PolicyAsked;
import io.zeroui.contracts.policy.delivery.PolicyDelivered;
import io.zeroui.contracts.policy.overlay.OverlayRule;
import io.zeroui.contracts.policy.overlay.TenantOverlay;
import io.zeroui.contracts.policy.release.FailMode;
import io.zeroui.contracts.policy.release.ReleaseTerms;
import io.zeroui.contracts.policy.release.Rollout;
import io.zeroui.contracts.policy.trust.PolicyObjection;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.PolicyFiles;
import io.zeroui.testing.PolicyOrigin;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

/** An edge and what the tenant plane, or somebody in its place, tells it of policies. One edge and one origin: what happens goes on from what was. */
@QuarkusTest
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "ide"))
class PolicyIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final StreamScope OWN = StreamScope.UNENROLLED.of(EdgeId.of("edge-local"));
    private static final PolicyOrigin ORIGIN = new PolicyOrigin(TenantId.of("local"), Instant.now().minusSeconds(60));
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EdgeClient edge = new EdgeClient();
    private final RealRuntime runtime = RealRuntime.with(RuntimePart.IDE, RuntimePart.REDIS);

    @Test
    @Order(1)
    void withoutARootNothingIsBelieved() {
        ORIGIN.release("licences", "1.0", rule("mit")).publish();
        say(ORIGIN.whole());
        assertThat(edge.get("/v1/policy/active").body().at("/status/root_version").asLong()).isZero();
        assertThat(edge.get("/v1/policy/active/licences").status()).isEqualTo(404);
    }

    @Test
    @Order(2)
    void aReleaseIsActiveWhenItIsVerifiedAndSaysSo() throws IOException {
        Files.write(PolicyFiles.root(PlaneResource.zuRoot()), ORIGIN.anchor());
        say(ORIGIN.whole());
        awaitRelease(1);

        JsonNode active = edge.get("/v1/policy/active/licences").body();
        assertThat(active.path("state").asText()).isEqualTo("active");
        assertThat(active.path("fail_mode").asText()).isEqualTo("closed");
        assertThat(active.path("policy_version_id").asText()).isEqualTo("licences-1.0");
        assertThat(active.at("/content/rule").asText()).isEqualTo("mit");
        assertThat(pointer("licences").path("snapshot_hash")).isEqualTo(active.path("snapshot_hash"));
        assertThat(Files.readString(edge.root().resolve(pointer("licences").path("path").asText()))).contains("mit");
        PolicyAsked said = awaitSaid(1);
        assertThat(said.edgeId()).isEqualTo("edge-local");
        assertThat(said.fresh()).isTrue();
        assertThat(edge.get("/v1/status").body().at("/policy/release").asLong()).isEqualTo(1);
    }

    @Test
    @Order(3)
    void changesComeAsDeltasAndWhatIsGoneIsGone() {
        ORIGIN.release("licences", "1.1", rule("apache")).release("secrets", "1.0", rule("none")).publish();
        say(ORIGIN.since(1, 1));
        awaitRelease(2);
        assertThat(content("licences")).isEqualTo("apache");
        assertThat(content("secrets")).isEqualTo("none");

        ORIGIN.revoke(new PolicyVersion("secrets", "1.0")).publish();
        say(ORIGIN.since(1, 2));
        awaitRelease(3);
        assertThat(edge.get("/v1/policy/active/secrets").status()).isEqualTo(404);
        assertThat(edge.root().resolve("ide/policy/current/secrets.json")).doesNotExist();
    }

    @Test
    @Order(4)
    void aLostReleaseIsAskedForAndWhatIsRefusedIsSaid() {
        ORIGIN.release("licences", "1.2", rule("a text that is so long that a delta is shorter than the whole of it")).publish();
        ORIGIN.release("licences", "1.3", rule("a text that is so long that a delta is shorter than the whole of this")).publish();
        say(ORIGIN.since(1, 4));
        PolicyAsked said = await().atMost(PATIENCE).until(() -> lastSaid(), one -> one != null && one.whole());
        assertThat(said.objection()).isEqualTo(PolicyObjection.WRONG_BASE);
        assertThat(said.targetsVersion()).isEqualTo(3);
        assertThat(content("licences")).isEqualTo("apache");
        say(ORIGIN.answer(said));
        awaitRelease(5);
        assertThat(edge.get("/v1/status").body().at("/policy/objection").isMissingNode()).isTrue();

        say(new PolicyOrigin(TenantId.of("local"), Instant.now()).release("licences", "9.9", rule("all")).publish().whole());
        await().atMost(PATIENCE).until(() -> edge.get("/v1/status").body().at("/policy/objection").asText().equals("TOO_FEW_SIGNATURES")
                || edge.get("/v1/status").body().at("/policy/objection").asText().equals("ROLLBACK"));
        assertThat(content("licences")).startsWith("a text");
    }

    @Test
    @Order(5)
    void anEdgeTakesWhatIsForIt() {
        int bucket = Rollout.bucket("licences", EdgeId.of("edge-local"));
        ORIGIN.release("licences", "2.0", new Rollout(bucket, Set.of(), Set.of()), rule("not yet")).publish();
        say(ORIGIN.since(1, 5));
        awaitRelease(6);
        assertThat(edge.get("/v1/policy/active/licences").body().path("version").asText()).isEqualTo("1.3");

        ORIGIN.terms(new PolicyVersion("licences", "2.0"), new ReleaseTerms(100, new Rollout(bucket + 1, Set.of(), Set.of()), FailMode.OPEN, null))
                .publish();
        say(ORIGIN.since(1, 6));
        awaitRelease(7);
        assertThat(edge.get("/v1/policy/active/licences").body().path("version").asText()).isEqualTo("2.0");

        ORIGIN.terms(new PolicyVersion("licences", "2.0"), new ReleaseTerms(100, Rollout.everyone(), FailMode.OPEN, Instant.now().plusSeconds(600)))
                .publish();
        say(ORIGIN.since(1, 7));
        awaitRelease(8);
        assertThat(edge.get("/v1/policy/active/licences").body().path("state").asText()).isEqualTo("killed");
    }

    @Test
    @Order(6)
    void whatIsNoDeliveryIsKeptAside() {
        say(EventEnvelope.of(EventEnvelope.POLICY_DELIVERED, "urn:zeroui:plane:tenant", Instant.now(), "{\"tenant_id\":7}".getBytes(StandardCharsets.UTF_8)));
        await().atMost(PATIENCE).until(() -> {
            try (Jedis redis = runtime.redis()) {
                return redis.xlen(ChannelCatalogue.TENANT_POLICY.deadLetterKey(OWN)) > 0;
            }
        });
        ORIGIN.publish();
        say(ORIGIN.since(1, 8));
        awaitRelease(9);
    }

    @Test
    @Order(7)
    void whatTheTenantAddsMakesStricterAndNothingElse() throws IOException {
        ORIGIN.release("licences", "3.0", rule("mine")).terms(new PolicyVersion("licences", "3.0"),
                new ReleaseTerms(200, Rollout.everyone(), FailMode.OPEN, null)).publish();
        say(ORIGIN.since(1, 9));
        awaitRelease(10);
        assertThat(edge.get("/v1/policy/active/licences").body().path("fail_mode").asText()).isEqualTo("open");

        add("t-epoch", 2, new OverlayRule("licences", "soft_block", "closed"));
        JsonNode added = await().atMost(PATIENCE).until(() -> edge.get("/v1/policy/active/licences").body(), one -> one.has("overlay"));
        assertThat(added.path("enforcement").asText()).isEqualTo("soft_block");
        assertThat(added.path("fail_mode").asText()).isEqualTo("closed");
        assertThat(added.at("/content/rule").asText()).isEqualTo("mine");
        await().atMost(PATIENCE).until(() -> String.valueOf(lastSaid().overlay()).startsWith("t-epoch:2:"));
        assertThat(Files.readString(edge.root().resolve("ide/policy/overlay/overlay.json"))).contains("soft_block");

        say(List.of(new PolicyDelivered("somebody-else", 0, List.of(), new TenantOverlay("o-epoch", 9, List.of()))));
        ORIGIN.publish();
        say(ORIGIN.since(1, 10));
        awaitRelease(11);
        assertThat(edge.get("/v1/policy/active/licences").body().path("enforcement").asText()).as("somebody else's does not count")
                .isEqualTo("soft_block");

        say(EventEnvelope.of(EventEnvelope.POLICY_DELIVERED, "urn:zeroui:plane:tenant", Instant.now(), """
                {"tenant_id":"local","targets_version":0,"documents":[],"overlay":{"epoch":"t-epoch","version":3,"rules":[
                {"policy_id":"licences","fail_mode":"open"}]}}""".getBytes(StandardCharsets.UTF_8)));
        add("t-epoch", 4);
        await().atMost(PATIENCE).until(() -> !edge.get("/v1/policy/active/licences").body().has("overlay"));
        assertThat(edge.get("/v1/policy/active/licences").body().path("fail_mode").asText()).isEqualTo("open");
    }

    private void add(String epoch, long version, OverlayRule... rules) {
        say(List.of(PolicyDelivered.of(TenantId.of("local"), new TenantOverlay(epoch, version, List.of(rules)))));
    }

    private void awaitRelease(long version) {
        await().atMost(PATIENCE).until(() -> edge.get("/v1/policy/active").body().at("/status/release").asLong() == version);
    }

    private String content(String policy) {
        return edge.get("/v1/policy/active/" + policy).body().at("/content/rule").asText();
    }

    private JsonNode pointer(String policy) throws IOException {
        Path file = edge.root().resolve("ide/policy/current/" + policy + ".json");
        return JSON.readTree(Files.readAllBytes(file));
    }

    private PolicyAsked awaitSaid(long release) {
        return await().atMost(PATIENCE).until(this::lastSaid, said -> said != null && said.targetsVersion() == release);
    }

    private PolicyAsked lastSaid() {
        try (Jedis redis = runtime.redis()) {
            List<StreamEntry> last = redis.xrevrange(ChannelCatalogue.IDE_POLICY_QUESTIONS.key(StreamScope.UNENROLLED), (StreamEntryID) null, null, 1);
            return last.isEmpty() ? null : EventJson.read(last.get(0).getFields().get("data").getBytes(StandardCharsets.UTF_8), PolicyAsked.class);
        }
    }

    private void say(List<PolicyDelivered> deliveries) {
        deliveries.forEach(one -> say(EventEnvelope.of(EventEnvelope.POLICY_DELIVERED, "urn:zeroui:plane:tenant", Instant.now(), EventJson.write(one))));
    }

    private void say(EventEnvelope event) {
        Map<String, String> fields = new HashMap<>();
        event.toFields().forEach((name, value) -> fields.put(name, new String(value, StandardCharsets.UTF_8)));
        try (Jedis redis = runtime.redis()) {
            assertThat(redis.xadd(ChannelCatalogue.TENANT_POLICY.key(OWN), StreamEntryID.NEW_ENTRY, fields)).isNotNull();
        }
    }

    private static Consumer<ObjectNode> rule(String text) {
        return content -> content.put("rule", text);
    }
}
