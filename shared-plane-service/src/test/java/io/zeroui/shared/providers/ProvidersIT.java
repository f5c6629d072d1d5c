package io.zeroui.shared.providers;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.zeroui.contracts.channels.Channel;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.rulings.GateVerdict;
import io.zeroui.contracts.rulings.GateVerdict.SubjectKind;
import io.zeroui.contracts.rulings.GateVerdict.Verdict;
import io.zeroui.contracts.rulings.RulingsRefused;
import io.zeroui.contracts.rulings.RulingsTrust;
import io.zeroui.contracts.rulings.SignedRulings;
import io.zeroui.contracts.rulings.delivery.RulingsAsked;
import io.zeroui.contracts.rulings.delivery.RulingsDelivered;
import io.zeroui.contracts.rulings.names.NamespaceProof;
import io.zeroui.contracts.rulings.providers.Standing;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.shared.providers.publication.VerdictSource;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RulingsFiles;
import io.zeroui.testing.RuntimePart;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;

/** The registry over HTTP, and what it tells the other planes. */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "shared"))
class ProvidersIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final RealRuntime RUNTIME = RealRuntime.with(RuntimePart.SHARED, RuntimePart.REDIS);
    private static final Ed25519KeyPair KEYS = Ed25519.newKeyPair();
    private static int number;

    @Inject
    DatabaseSchema schema;
    @Inject
    Event<VerdictSource.Changed> verdicts;
    @Inject
    TestVerdicts source;

    private String space = "";

    @BeforeEach
    void begin() {
        assertThat(schema.whenReady().await().atMost(PATIENCE)).isNotEmpty();
        space = "space" + ++number;
        grant(space, KEYS, null).statusCode(204);
        register(Documents.provider(space)).statusCode(201);
        register(Documents.model(space + "/chat", "1.0")).statusCode(201);
        register(Documents.adapter(space + "/bridge", "1.0")).statusCode(201);
    }

    @Test
    void whatIsDecidedFollowsTheRulesAtOnceAndSaysWhich() {
        decision("acme").body("allowed", equalTo(false)).body("ground", equalTo("no-rule")).body("rule", nullValue());
        rule(space + "-open", Map.of("effect", "allow", "model", space + "/*", "reason", "all of it")).statusCode(200).body("version", equalTo(1));
        decision("acme").body("allowed", equalTo(true)).body("rule", equalTo(space + "-open@1")).body("scope", equalTo("organisation"))
                .body("model", equalTo(space + "/chat@1.0"));
        rule(space + "-close", Map.of("effect", "deny", "tenant", "acme", "model", space + "/chat", "categories", List.of("internal"), "reason", "own wish"))
                .statusCode(200);
        decision("acme").body("allowed", equalTo(false)).body("ground", equalTo("deny-rule")).body("rule", equalTo(space + "-close@1"))
                .body("scope", equalTo("tenant"));
        decision("other").body("allowed", equalTo(true));
        rule(space + "-open", Map.of("effect", "allow", "model", space + "/*", "until", "2020-01-01T00:00:00Z", "reason", "over")).body("version", equalTo(2));
        decision("other").body("ground", equalTo("no-rule"));
        given().contentType("application/json").body(Map.of("tenant", "acme", "model", space + "/chat")).post("/v1/providers/decisions").then().statusCode(400)
                .body("error.details.member", equalTo("data_category"));
    }

    @Test
    void versionsNeverChangeAndOnlyTheHolderOfTheNamespaceRegisters() {
        register(Documents.model(space + "/chat", "1.0")).statusCode(200);
        given().contentType("application/json").body(Documents.signed(Documents.model(space + "/chat", "1.0"), KEYS).toPrettyString() + "\n")
                .post("/v1/providers/entries").then().statusCode(200);
        register(Documents.model(space + "/chat", "1.0").put("title", "another")).statusCode(409);
        post("entries", Documents.signed(Documents.model(space + "/chat", "2.0"), Ed25519.newKeyPair())).statusCode(403);
        register(Documents.provider("nobodys" + number)).statusCode(403);
        register(Documents.model(space + "/chat", "2.0").put("title", "ask jane.doe@example.com")).statusCode(400).body("detail", containsString("metadata"));
        register(Documents.model(space + "/chat", "2.0").put("api_key", "v8Jq2LmN4pRs6TuW")).statusCode(400);
        Ed25519KeyPair team = Ed25519.newKeyPair();
        grant(space + "/team", team, null).statusCode(403);
        grant(space + "/team", team, KEYS).statusCode(204);
        post("entries", Documents.signed(Documents.adapter(space + "/team/bridge", "1"), team)).statusCode(201);
        given().get("/v1/providers/namespaces?limit=1000").then().statusCode(200).body("items.namespace.findAll { it.startsWith('" + space + "') }",
                equalTo(List.of(space, space + "/team")));
    }

    @Test
    void aRevocationIsSignedAndTold() {
        rule(space + "-open", Map.of("effect", "allow", "model", space + "/*", "reason", "all of it")).statusCode(200);
        await().atMost(PATIENCE).until(() -> told().rulings().providers().rules().stream().anyMatch(rule -> rule.id().equals(space + "-open")));
        stand("model", space + "/chat", "1.0", "revoked").statusCode(204);
        decision("acme").body("ground", equalTo("model-revoked"));
        await().atMost(PATIENCE).until(() -> told().rulings().providers().models().stream().filter(model -> model.name().equals(space + "/chat"))
                .anyMatch(model -> model.versions().get(0).standing() == Standing.REVOKED));
        stand("model", space + "/chat", "1.0", "active").statusCode(409);
        stand("model", space + "/none", null, "revoked").statusCode(404);
        given().get("/v1/providers/entries/model/" + space + "/chat").then().statusCode(200).body("standing", equalTo("revoked"))
                .body("reason", equalTo("as tested")).body("document.name", equalTo(space + "/chat"));
    }

    @Test
    void whoHasLessIsToldAgainAndWhatIsNoQuestionIsADeadLetter() {
        await().atMost(PATIENCE).until(() -> told().rulings().providers().models().stream().anyMatch(model -> model.name().equals(space + "/chat")));
        SignedRulings current = told();
        long length = length(ChannelCatalogue.SHARED_REGISTRY);
        assertThat(length).as("only the newest few stay").isLessThanOrEqualTo(4);
        String last = lastId();
        ask(new RulingsAsked(current.rulings().epoch(), current.rulings().version(), false, null, null, Instant.now()));
        ask(new RulingsAsked(0, 0, true, null, null, Instant.now()));
        await().atMost(PATIENCE).until(() -> !lastId().equals(last));
        assertThat(told().rulings().version()).isGreaterThanOrEqualTo(current.rulings().version());
        await().atMost(PATIENCE).until(() -> given().get("/v1/providers/followers").then().statusCode(200).extract().jsonPath().getList("items.plane")
                .contains("tenant"));
        add(ChannelCatalogue.TENANT_RULING_QUESTIONS, EventEnvelope.of(EventEnvelope.RULINGS_ASKED, "s", Instant.now(), "{\"epoch\":-1}".getBytes(
                StandardCharsets.UTF_8)));
        await().atMost(PATIENCE).until(() -> length(ChannelCatalogue.TENANT_RULING_QUESTIONS.deadLetterKey(null)) > 0);
    }

    @Test
    void verdictsOfGatesGoWithTheRules() {
        GateVerdict verdict = new GateVerdict("safety-" + space, SubjectKind.POLICY, "licences", "1.0", Verdict.FAIL, "run-7", List.of("3 of 200 items"),
                Instant.parse("2026-01-01T00:00:00Z"), null);
        source.say(List.of(verdict));
        verdicts.fire(new VerdictSource.Changed());
        await().atMost(PATIENCE).until(() -> told().rulings().verdicts().contains(verdict));
    }

    @Test
    void listsComeInPagesAndSayWhetherTheyAreTheSame() {
        for (int i = 1; i <= 5; i++) {
            register(Documents.model(space + "/chat", "2." + i)).statusCode(201);
        }
        String path = "/v1/providers/entries/model?under=" + space + "&limit=4";
        ValidatableResponse first = given().get(path).then().statusCode(200).body("items.version", equalTo(List.of("1.0", "2.1", "2.2", "2.3")));
        String next = first.extract().path("next");
        given().get(path + "&after=" + next).then().body("items.version", equalTo(List.of("2.4", "2.5"))).body("next", nullValue());
        String tag = first.extract().header("ETag");
        given().header("If-None-Match", tag).get(path).then().statusCode(304);
        stand("model", space + "/chat", "2.2", "deprecated").statusCode(204);
        given().header("If-None-Match", tag).get(path).then().statusCode(200).body("items[2].standing", equalTo("deprecated"));
        given().get(path + "&standing=deprecated").then().body("items.version", equalTo(List.of("2.2")));
        given().get("/v1/providers/entries/model?limit=0").then().statusCode(400);
        given().get("/v1/providers/history?subject=model/" + space + "/chat@2.2").then().statusCode(200)
                .body("items.kind", equalTo(List.of("standing-set", "entry-registered"))).body("items[0].detail.reason", equalTo("as tested"));
    }

    @Test
    void aRuleIsChangedOnlyByWhoHasSeenIt() {
        String id = space + "-open";
        Map<String, Object> wish = Map.of("effect", "allow", "model", space + "/*", "reason", "all of it");
        ruleIf(id, "\"1\"", wish).statusCode(412);
        ruleIf(id, "\"0\"", wish).statusCode(200);
        ruleIf(id, "\"0\"", wish).statusCode(412);
        ruleIf(id, "\"1\"", wish).statusCode(200).body("version", equalTo(2));
        rule(id, Map.of("effect", "allow", "model", space + "/*")).statusCode(400).body("error.details.member", equalTo("reason"));
        rule(id, Map.of("effect", "allow", "model", "Not A Name", "reason", "x")).statusCode(400);
        given().delete("/v1/providers/rules/" + id + "?reason=closed").then().statusCode(204);
        given().get("/v1/providers/rules/" + id).then().statusCode(404);
        decision("acme").body("ground", equalTo("no-rule"));
    }

    private ValidatableResponse decision(String tenant) {
        return post("decisions", Map.of("tenant", tenant, "model", space + "/chat", "data_category", "internal", "region", "eu-1", "adapter",
                space + "/bridge@1.0", "adapter_sha256", Documents.SHA)).statusCode(200);
    }

    private static ValidatableResponse rule(String id, Map<String, Object> wish) {
        return given().contentType("application/json").body(wish).put("/v1/providers/rules/" + id).then();
    }

    private static ValidatableResponse ruleIf(String id, String match, Map<String, Object> wish) {
        return given().contentType("application/json").header("If-Match", match).body(wish).put("/v1/providers/rules/" + id).then();
    }

    private static ValidatableResponse stand(String kind, String name, @Nullable String version, String standing) {
        Map<String, Object> wish = new HashMap<>(Map.of("kind", kind, "name", name, "standing", standing, "reason", "as tested"));
        if (version != null) {
            wish.put("version", version);
        }
        return post("standings", wish);
    }

    private static ValidatableResponse register(ObjectNode document) {
        return post("entries", Documents.signed(document, KEYS));
    }

    private static ValidatableResponse grant(String namespace, Ed25519KeyPair keys, @Nullable Ed25519KeyPair holder) {
        NamespaceProof statement = new NamespaceProof("zeroui", namespace, keys.publicKey());
        Map<String, Object> wish = new HashMap<>(Map.of("namespace", namespace, "public_key", keys.publicKey().base64(), "proof",
                statement.sign(keys.privateKey()), "reason", "as tested"));
        if (holder != null) {
            wish.put("agreement", statement.sign(holder.privateKey()));
        }
        return post("namespaces", wish);
    }

    private static ValidatableResponse post(String path, Object body) {
        return given().contentType("application/json").body(body instanceof ObjectNode node ? node.toString() : body).post("/v1/providers/" + path).then();
    }

    /** What was told last, believed as who follows would. */
    private static SignedRulings told() {
        try (Jedis redis = RUNTIME.redis()) {
            var entries = redis.xrevrange(ChannelCatalogue.SHARED_REGISTRY.streamKey(), (StreamEntryID) null, null, 1);
            assertThat(entries).isNotEmpty();
            RulingsDelivered delivered = EventJson.read(entries.get(0).getFields().get("data").getBytes(StandardCharsets.UTF_8), RulingsDelivered.class);
            return new RulingsTrust(List.of(RulingsFiles.keys().publicKey())).judge(delivered.bytes(), null);
        } catch (RulingsRefused e) {
            throw new AssertionError(e);
        }
    }

    private static String lastId() {
        try (Jedis redis = RUNTIME.redis()) {
            return redis.xrevrange(ChannelCatalogue.SHARED_REGISTRY.streamKey(), (StreamEntryID) null, null, 1).get(0).getID().toString();
        }
    }

    private static long length(Channel channel) {
        return length(channel.streamKey());
    }

    private static long length(String key) {
        try (Jedis redis = RUNTIME.redis()) {
            return redis.xlen(key);
        }
    }

    private static void ask(RulingsAsked asked) {
        add(ChannelCatalogue.TENANT_RULING_QUESTIONS, EventEnvelope.of(EventEnvelope.RULINGS_ASKED, "urn:zeroui:plane:tenant", Instant.now(),
                EventJson.write(asked)));
    }

    private static void add(Channel channel, EventEnvelope event) {
        Map<byte[], byte[]> fields = new HashMap<>();
        event.toFields().forEach((name, value) -> fields.put(name.getBytes(StandardCharsets.UTF_8), value));
        try (Jedis redis = RUNTIME.redis()) {
            assertThat(redis.xadd(channel.streamKey().getBytes(StandardCharsets.UTF_8), new XAddParams(), fields)).isNotNull();
        }
    }
}
