package io.zeroui.product.witness;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import io.zeroui.contracts.transparency.NotVerified;
import io.zeroui.contracts.transparency.NoteSignature;
import io.zeroui.contracts.transparency.SignedNote;
import io.zeroui.contracts.transparency.VerifierKey;
import io.zeroui.contracts.witness.AddCheckpoint;
import io.zeroui.contracts.witness.CheckpointOffer;
import io.zeroui.contracts.witness.WitnessAnswer;
import io.zeroui.contracts.witness.WitnessRefusal;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;

/** The witness of the tenants' logs: what it cosigns, and all that it does not. */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "product"))
class WitnessIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final RealRuntime RUNTIME = RealRuntime.with(RuntimePart.PRODUCT, RuntimePart.REDIS);

    private final String tenant = "w-" + UUID.randomUUID();
    private final MemoryLog log = new MemoryLog(tenant).grow(300);

    @Inject
    DatabaseSchema schema;

    @Inject
    Witness witness;

    @BeforeEach
    void aTenant() {
        assertThat(schema.whenReady().await().atMost(PATIENCE)).isNotEmpty();
        given().contentType("application/json").body(Map.of("tenant_id", tenant)).post("/v1/tenants").then().statusCode(201);
    }

    @Test
    void aLogIsCosignedAsItGoesOnAndAnOfferThatComesAgainIsToldWhatIsKnown() throws Exception {
        assertCosigned(send(log.offer(0, 5)), 5);
        assertThat(row()).isEqualTo("5 " + log.root(5).hex());
        assertCosigned(send(log.offer(5, 300)), 300);
        assertThat(row()).isEqualTo("300 " + log.root(300).hex());

        WitnessAnswer again = send(log.offer(5, 300));
        assertThat(again.refusal()).isEqualTo(WitnessRefusal.CONFLICT);
        assertThat(again.knownSize()).as("the answer may have been lost after the commit: the log goes on from here").isEqualTo(300);
        assertCosigned(send(log.offer(300, 300)), 300);
        assertThat(row()).isEqualTo("300 " + log.root(300).hex());
    }

    /** The database takes the change and refuses the commit: whatever was decided by then is not signed. */
    @Test
    void nothingIsSignedBeforeItIsCommitted() throws Exception {
        String name = "refuse_" + tenant.replace('-', '_');
        column("CREATE FUNCTION public." + name + "() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no commit'; END $$;"
                + " CREATE CONSTRAINT TRIGGER " + name + " AFTER INSERT OR UPDATE ON witness.logs DEFERRABLE INITIALLY DEFERRED"
                + " FOR EACH ROW WHEN (NEW.tenant_id = '" + tenant + "') EXECUTE FUNCTION public." + name + "()");
        try {
            assertThatThrownBy(() -> witness.answer(log.offer(0, 5)).await().atMost(PATIENCE)).hasMessageContaining("no commit");
        } finally {
            column("DROP TRIGGER " + name + " ON witness.logs; DROP FUNCTION public." + name + "()");
        }
        assertThat(row()).isEmpty();
        assertCosigned(send(log.offer(0, 5)), 5);
    }

    @Test
    void whatDoesNotGoOnFromWhatIsKnownIsNeverCosigned() throws SQLException {
        MemoryLog fork = new MemoryLog(tenant, "fork", log.keys()).grow(300);
        assertThat(send(log.offer(0, 200)).refusal()).isNull();
        String before = row();

        refused(fork.offer(200, 200), WitnessRefusal.FORK);
        refused(fork.offer(200, 250), WitnessRefusal.INCONSISTENT);
        refused(with(log.offer(200, 250), Collections.emptyList()), WitnessRefusal.INCONSISTENT);
        refused(with(log.offer(200, 250), log.proof(200, 251)), WitnessRefusal.INCONSISTENT);
        refused(with(log.offer(200, 200), log.proof(199, 200)), WitnessRefusal.FORK);
        refused(log.offer(0, 300), WitnessRefusal.CONFLICT);
        refused(log.offer(100, 150), WitnessRefusal.CONFLICT);
        refused(fork.offer(0, 10), WitnessRefusal.CONFLICT);

        assertThat(row()).isEqualTo(before);
    }

    @Test
    void whatIsNoOfferOfTheTenantsLogIsRefused() throws SQLException {
        Ed25519KeyPair other = Ed25519.newKeyPair();
        CheckpointOffer good = log.offer(0, 9);
        refused(new CheckpointOffer(tenant, "local", new MemoryLog(tenant, "", other).vkey().format(), 0, List.of(),
                good.checkpoint()), WitnessRefusal.SIGNATURE);
        refused(new CheckpointOffer(tenant, "local", good.logKey(), 0, List.of(), good.checkpoint().replace("\n9\n", "\n8\n")),
                WitnessRefusal.SIGNATURE);
        refused(new CheckpointOffer(tenant, "elsewhere", good.logKey(), 0, List.of(), good.checkpoint()),
                WitnessRefusal.UNKNOWN_LOG);
        MemoryLog others = new MemoryLog("o-" + UUID.randomUUID()).grow(9);
        refused(new CheckpointOffer(tenant, "local", others.vkey().format(), 0, List.of(), others.note(9)),
                WitnessRefusal.UNKNOWN_LOG);
        refused(others.offer(0, 9), WitnessRefusal.UNKNOWN_LOG);
        refused(new CheckpointOffer(tenant, "local", good.logKey(), 10, List.of(), good.checkpoint()), WitnessRefusal.MALFORMED);
        refused(new CheckpointOffer(tenant, "local", good.logKey(), 0, List.of("x"), good.checkpoint()),
                WitnessRefusal.MALFORMED);
        refused(new CheckpointOffer(tenant, "local", "no key", 0, List.of(), good.checkpoint()), WitnessRefusal.MALFORMED);
        refused(new CheckpointOffer(tenant, "local", good.logKey(), 0, List.of(), "no note"), WitnessRefusal.MALFORMED);
        assertThat(row()).isEmpty();

        given().delete("/v1/tenants/" + tenant).then().statusCode(200);
        refused(good, WitnessRefusal.UNKNOWN_LOG);
        assertThat(row()).isEmpty();
    }

    @Test
    void whatIsNoEventOfThisChannelGoesToTheDeadLetters() {
        long before = deadLetters();
        publish("{\"tenant_id\":\"Not-A-Slug\",\"region\":\"local\",\"log_key\":\"k\",\"old_size\":0,\"proof\":[],\"checkpoint\":\"c\"}");
        publish("not json");
        publish(new String(EventJson.write(log.offer(0, 5)), StandardCharsets.UTF_8).replace("{", "{\"more\":\"" + "m".repeat(40_000) + "\","));
        await().atMost(PATIENCE).until(() -> deadLetters() == before + 3);
    }

    @Test
    void anotherKeyIsRefusedUntilAnOperatorHasAcceptedItAndThatIsNoted() throws Exception {
        assertThat(send(log.offer(0, 5)).refusal()).isNull();
        MemoryLog same = new MemoryLog(tenant, "", log.keys()).grow(300).signedBy(Ed25519.newKeyPair());

        WitnessAnswer refused = send(same.offer(5, 9));
        assertThat(refused.refusal()).isEqualTo(WitnessRefusal.KEY);
        given().get("/v1/witness/logs?limit=1000").then().statusCode(200)
                .body("items.find { it.tenant_id == '" + tenant + "' }.offered_key", equalTo(same.vkey().format()));
        accept(same.vkey().format()).statusCode(200).body("log_key", equalTo(same.vkey().format())).body("size", equalTo(5));
        assertCosigned(send(same.offer(5, 9)), 9, same);
        assertThat(send(log.offer(9, 10)).refusal()).isEqualTo(WitnessRefusal.KEY);
        assertThat(send(new MemoryLog(tenant, "fork", same.keys()).grow(20).offer(9, 20)).refusal())
                .as("a new key is no new history").isEqualTo(WitnessRefusal.INCONSISTENT);

        await().atMost(PATIENCE).until(() -> column("SELECT permission FROM access.audit WHERE tenant_id = '" + tenant + "'")
                .contains("witness:manage"));
        assertThat(column("SELECT accepted_by FROM witness.logs WHERE tenant_id = '" + tenant + "'").get(0)).isNotEmpty();
    }

    @Test
    void acceptingWhatIsNoKeyOrOfNoLogIsRefused() {
        accept("x").statusCode(400);
        accept(witnessKey()).statusCode(400).body("detail", containsString("key of a witness"));
        accept(log.vkey().format()).statusCode(404);
        given().contentType("application/json").body("{}").post("/v1/witness/logs/" + tenant + "/accept-key").then().statusCode(400);
        given().get("/v1/witness/logs?limit=0").then().statusCode(400);
        String key = given().contentType("application/json").body(Map.of("name", "k", "tenant_id", tenant, "permissions",
                List.of("witness:read", "witness:manage"))).post("/v1/credentials").then().statusCode(201).extract().path("key");
        given().header("Authorization", "Bearer " + key).get("/v1/witness/logs").then().statusCode(403);
        given().header("Authorization", "Bearer " + key).contentType("application/json")
                .body(Map.of("vkey", log.vkey().format())).post("/v1/witness/logs/" + tenant + "/accept-key").then().statusCode(403);
    }

    @Test
    void statusAndListSayWhatIsWitnessed() {
        assertThat(send(log.offer(0, 5)).refusal()).isNull();
        given().get("/v1/status").then().statusCode(200).body("witness", equalTo(witnessKey()));
        given().get("/v1/witness/logs?limit=1000").then().statusCode(200).body("items.tenant_id", hasItem(tenant));
    }

    /** Two histories offered at once, many times each: whichever comes first, only one is ever cosigned. */
    @Test
    void ofTwoHistoriesOfferedAtOnceOnlyOneIsCosigned() {
        MemoryLog fork = new MemoryLog(tenant, "fork", log.keys()).grow(300);
        List<Uni<WitnessAnswer>> offers = new ArrayList<>();
        for (int i = 1; i <= 12; i++) {
            offers.add(witness.answer(log.offer(0, i)));
            offers.add(witness.answer(fork.offer(0, i)));
        }
        List<WitnessAnswer> answers = Uni.join().all(offers).andFailFast().await().atMost(PATIENCE);

        assertThat(answers.stream().filter(answer -> answer.refusal() == null)).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.refusal() == WitnessRefusal.CONFLICT)).hasSize(23);
    }

    private void refused(CheckpointOffer offer, WitnessRefusal expected) {
        WitnessAnswer answer = send(offer);
        assertThat(answer.refusal()).as(String.valueOf(answer.detail())).isEqualTo(expected);
        assertThat(answer.cosignature()).isNull();
    }

    private static CheckpointOffer with(CheckpointOffer offer, List<String> proof) {
        return new CheckpointOffer(offer.tenantId(), offer.region(), offer.logKey(), offer.oldSize(), proof, offer.checkpoint());
    }

    private void assertCosigned(WitnessAnswer answer, long size) throws NotVerified {
        assertCosigned(answer, size, log);
    }

    private static void assertCosigned(WitnessAnswer answer, long size, MemoryLog log) throws NotVerified {
        assertThat(answer.refusal()).as(String.valueOf(answer.detail())).isNull();
        assertThat(answer.size()).isEqualTo(size);
        assertThat(AddCheckpoint.hash(String.valueOf(answer.rootHash()))).isEqualTo(log.root(size));
        VerifierKey key = VerifierKey.parse(String.valueOf(answer.witnessKey()));
        assertThat(key.format()).isEqualTo(witnessKey());
        NoteSignature signature = NoteSignature.parse(String.valueOf(answer.cosignature()));
        SignedNote note = SignedNote.parse(log.note(size).getBytes(StandardCharsets.UTF_8)).with(signature);
        assertThat(note.verify(List.of(key))).containsKey(key);
        assertThat(Instant.ofEpochSecond(signature.cosignedAtSeconds())).isBetween(Instant.now().minusSeconds(300),
                Instant.now().plusSeconds(1));
    }

    private static String witnessKey() {
        return given().get("/v1/witness/vkey").then().statusCode(200).extract().asString().strip();
    }

    private io.restassured.response.ValidatableResponse accept(String vkey) {
        return given().contentType("application/json").body(Map.of("vkey", vkey))
                .post("/v1/witness/logs/" + tenant + "/accept-key").then();
    }

    /** Over the bus, as a tenant plane does it; the next answer for that tenant. */
    private static WitnessAnswer send(CheckpointOffer offer) {
        long before = answers(offer.tenantId()).count();
        publish(new String(EventJson.write(offer), StandardCharsets.UTF_8));
        await().atMost(PATIENCE).until(() -> answers(offer.tenantId()).count() == before + 1);
        return answers(offer.tenantId()).skip(before).findFirst().orElseThrow();
    }

    private static Stream<WitnessAnswer> answers(String tenant) {
        try (Jedis redis = RUNTIME.redis()) {
            return redis.xrange(ChannelCatalogue.PRODUCT_COSIGNATURES.streamKey(), (StreamEntryID) null, null).stream()
                    .map(entry -> EventJson.read(entry.getFields().get("data").getBytes(StandardCharsets.UTF_8),
                            WitnessAnswer.class))
                    .filter(answer -> answer.tenantId().equals(tenant)).toList().stream();
        }
    }

    private static void publish(String data) {
        Map<byte[], byte[]> fields = new HashMap<>();
        EventEnvelope.of(EventEnvelope.CHECKPOINT_OFFERED, "urn:zeroui:plane:tenant", Instant.now(),
                data.getBytes(StandardCharsets.UTF_8)).toFields()
                .forEach((name, value) -> fields.put(name.getBytes(StandardCharsets.UTF_8), value));
        try (Jedis redis = RUNTIME.redis()) {
            assertThat(redis.xadd(ChannelCatalogue.TENANT_CHECKPOINTS.streamKey().getBytes(StandardCharsets.UTF_8),
                    new XAddParams(), fields)).isNotNull();
        }
    }

    private static long deadLetters() {
        try (Jedis redis = RUNTIME.redis()) {
            return redis.xlen(ChannelCatalogue.TENANT_CHECKPOINTS.deadLetterKey(null));
        }
    }

    private String row() throws SQLException {
        return String.join(",", column("SELECT size || ' ' || encode(root_hash, 'hex') FROM witness.logs WHERE tenant_id = '" + tenant + "'"));
    }

    /** Runs a statement as the administrator; the first column of what it gives. */
    @CanIgnoreReturnValue
    private static List<String> column(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection admin = RealRuntime.connect(RUNTIME.adminUrl(Plane.PRODUCT)); var statement = admin.createStatement()) {
            if (statement.execute(sql)) {
                try (var row = statement.getResultSet()) {
                    while (row.next()) {
                        found.add(row.getString(1));
                    }
                }
            }
        }
        return found;
    }
}
