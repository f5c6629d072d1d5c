package io.zeroui.product.rulings;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.policy.trust.MetadataSigner;
import io.zeroui.contracts.rulings.Rulings;
import io.zeroui.contracts.rulings.RulingsCodec;
import io.zeroui.contracts.rulings.SignedRulings;
import io.zeroui.contracts.rulings.delivery.RulingsAsked;
import io.zeroui.contracts.rulings.delivery.RulingsDelivered;
import io.zeroui.contracts.rulings.providers.DataCategory;
import io.zeroui.contracts.rulings.providers.ProviderRule;
import io.zeroui.contracts.rulings.providers.ProviderRule.Effect;
import io.zeroui.contracts.rulings.providers.ProviderRules;
import io.zeroui.contracts.rulings.providers.RuledAdapter;
import io.zeroui.contracts.rulings.providers.RuledModel;
import io.zeroui.contracts.rulings.providers.Standing;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RulingsFiles;
import io.zeroui.testing.RuntimePart;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;

/** The copy of this plane; the test plays the shared plane, and others who would like to be it. */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "product"))
class RulingsIT {

    private static final Logger LOG = Logger.getLogger(RulingsIT.class);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final RealRuntime RUNTIME = RealRuntime.with(RuntimePart.PRODUCT, RuntimePart.REDIS);
    private static final Ed25519KeyPair STRANGER = RulingsFiles.stranger();
    private static long version = 100;

    @Test
    void whatWasSignedDecidesAndARevocationIsFelt() {
        deliver(Standing.ACTIVE);
        decide("acme").body("allowed", equalTo(true)).body("rule", equalTo("open@1")).body("stale", equalTo(false));
        decide("shut-out").body("allowed", equalTo(false)).body("rule", equalTo("shut@1")).body("scope", equalTo("tenant"));
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            deliver(Standing.ACTIVE);
            decide("acme").body("allowed", equalTo(true));
            long began = System.nanoTime();
            send(signed(++version, Standing.REVOKED, RulingsFiles.keys(), Instant.now(), LIFETIME));
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(5)).atMost(PATIENCE)
                    .until(() -> decide("acme").extract().path("ground").equals("model-revoked"));
            millis.add((System.nanoTime() - began) / 1_000_000);
        }
        Collections.sort(millis);
        LOG.infof("a revocation was felt after %d ms (median of 20), %d ms at most", millis.get(10), millis.get(19));
    }

    @Test
    void forgedOlderAndDamagedOnesChangeNothingAndAreReported() {
        long good = deliver(Standing.ACTIVE);
        send(signed(good + 1_000, Standing.REVOKED, STRANGER, Instant.now(), LIFETIME));
        refused("UNKNOWN_KEY");
        send(signed(good - 1, Standing.REVOKED, RulingsFiles.keys(), Instant.now(), LIFETIME));
        refused("ROLLBACK");
        SignedRulings next = signed(good + 1, Standing.REVOKED, RulingsFiles.keys(), Instant.now(), LIFETIME);
        String document = new String(next.document(), StandardCharsets.UTF_8);
        send(new RulingsDelivered(1, good + 1, next.hash().hex(), document.replace("revoked", "active")));
        refused("WRONG_HASH");
        await().atMost(PATIENCE).until(() -> newestQuestion().objection() != null);
        decide("acme").body("allowed", equalTo(true)).body("rulings_version", equalTo((int) good));
        version = good;
        deliver(Standing.ACTIVE);
        given().get("/v1/providers/rulings").then().statusCode(200).body("objection", equalTo(null));
    }

    @Test
    void whoFollowsSaysAgainAndAgainWhatItHas() {
        long good = deliver(Standing.ACTIVE);
        await().atMost(PATIENCE).until(() -> newestQuestion().version() == good);
        assertThat(newestQuestion().stale()).isFalse();
    }

    @Test
    void whatHasExpiredStillDecidesAndSaysThatItIsStale() {
        Instant before = Instant.now().minus(LIFETIME).minusSeconds(1);
        version++;
        send(signed(version, Standing.ACTIVE, RulingsFiles.keys(), before, LIFETIME));
        await().atMost(PATIENCE).until(() -> known() == version);
        decide("acme").body("allowed", equalTo(true)).body("stale", equalTo(true));
        await().atMost(PATIENCE).until(() -> newestQuestion().stale());
        deliver(Standing.ACTIVE);
        decide("acme").body("stale", equalTo(false));
    }

    @Test
    void theCopyIsAFileOfThisPlaneAndAnotherInstancesIsTaken() throws IOException {
        long good = deliver(Standing.ACTIVE);
        Path file = PlaneResource.zuRoot().path().resolve("product/local/rulings/rulings.json");
        assertThat(Files.readString(file)).contains("\"version\":" + good);
        version++;
        Files.write(file, signed(version, Standing.REVOKED, RulingsFiles.keys(), Instant.now(), LIFETIME).document());
        await().atMost(PATIENCE).until(() -> known() == version);
        decide("acme").body("ground", equalTo("model-revoked"));
    }

    @Test
    void aTenantsKeyAsksForItsTenantOnly() {
        deliver(Standing.ACTIVE);
        String key = given().contentType("application/json")
                .body(Map.of("name", "k", "tenant_id", "shut-out", "permissions", List.of("providers:read")))
                .post("/v1/credentials").then().statusCode(201).extract().path("key");
        Map<String, String> question = question();
        given().header("Authorization", "Bearer " + key).contentType("application/json").body(question).post("/v1/providers/decisions").then()
                .statusCode(200).body("rule", equalTo("shut@1"));
        given().header("Authorization", "Bearer " + key).header("X-Tenant-Id", "acme").contentType("application/json").body(question)
                .post("/v1/providers/decisions").then().statusCode(403);
        question.put("tenant", "acme");
        given().header("Authorization", "Bearer " + key).contentType("application/json").body(question).post("/v1/providers/decisions").then().statusCode(403);
    }

    @CanIgnoreReturnValue
    private static long deliver(Standing standing) {
        version++;
        send(signed(version, standing, RulingsFiles.keys(), Instant.now(), LIFETIME));
        await().pollInterval(Duration.ofMillis(10)).atMost(PATIENCE).until(() -> known() == version);
        return version;
    }

    private static long known() {
        Number known = given().get("/v1/providers/rulings").then().statusCode(200).extract().path("version");
        return known == null ? 0 : known.longValue();
    }

    private static void refused(String objection) {
        await().atMost(PATIENCE).until(() -> objection.equals(given().get("/v1/providers/rulings").then().extract().path("objection")));
    }

    private static ValidatableResponse decide(String tenant) {
        return given().header("X-Tenant-Id", tenant).contentType("application/json").body(question()).post("/v1/providers/decisions").then().statusCode(200);
    }

    private static Map<String, String> question() {
        return new HashMap<>(Map.of("model", "acme/chat", "data_category", "internal", "region", "eu-1", "adapter", "acme/bridge@1"));
    }

    private static SignedRulings signed(long version, Standing standing, Ed25519KeyPair keys, Instant at, Duration lifetime) {
        ProviderRules rules = new ProviderRules(
                List.of(new RuledModel("acme/chat", List.of(new RuledModel.Version("1", standing, null, List.of("*"), DataCategory.INTERNAL)))),
                List.of(new RuledAdapter("acme/bridge",
                        List.of(new RuledAdapter.Version("1", Standing.ACTIVE, null, "ab".repeat(32), List.of(new RuledAdapter.Fit("*", "*")))))),
                List.of(new ProviderRule("open", 1, Effect.ALLOW, null, List.of(), "*", "*", "*", "*", List.of(), List.of(), null, null),
                        new ProviderRule("shut", 1, Effect.DENY, "shut-out", List.of(), "*", "*", "*", "*", List.of(), List.of(), null, null)));
        return RulingsCodec.sign(new Rulings(Rulings.SCHEMA, "zeroui", 1, version, at, at.plus(lifetime), rules, List.of()), MetadataSigner.of(keys));
    }

    private static void send(SignedRulings signed) {
        send(RulingsDelivered.of(signed));
    }

    private static void send(RulingsDelivered delivery) {
        EventEnvelope event = EventEnvelope.of(EventEnvelope.RULINGS_DELIVERED, "urn:zeroui:plane:shared", Instant.now(), EventJson.write(delivery));
        Map<byte[], byte[]> fields = new HashMap<>();
        event.toFields().forEach((name, value) -> fields.put(name.getBytes(StandardCharsets.UTF_8), value));
        try (Jedis redis = RUNTIME.redis()) {
            assertThat(redis.xadd(ChannelCatalogue.SHARED_REGISTRY.streamKey().getBytes(StandardCharsets.UTF_8), new XAddParams(), fields)).isNotNull();
        }
    }

    private static RulingsAsked newestQuestion() {
        try (Jedis redis = RUNTIME.redis()) {
            var entries = redis.xrevrange(ChannelCatalogue.rulingQuestionsOf(Plane.PRODUCT).streamKey(), (StreamEntryID) null, null, 1);
            return EventJson.read(entries.get(0).getFields().get("data").getBytes(StandardCharsets.UTF_8), RulingsAsked.class);
        }
    }
}
