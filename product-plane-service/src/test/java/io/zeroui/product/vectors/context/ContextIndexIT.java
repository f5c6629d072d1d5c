package io.zeroui.product.vectors.context;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.context.ContextApplied;
import io.zeroui.contracts.context.ContextChanged;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.product.vectors.Collections;
import io.zeroui.product.vectors.Points;
import io.zeroui.product.vectors.filter.Condition;
import io.zeroui.product.vectors.filter.Filter;
import io.zeroui.product.vectors.filter.KeyPath;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.CollectionSpec;
import io.zeroui.product.vectors.model.FieldType;
import io.zeroui.product.vectors.model.Metric;
import io.zeroui.product.vectors.model.Point;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.text.DocumentId;
import io.zeroui.product.vectors.text.Documents;
import io.zeroui.product.vectors.text.NewDocument;
import io.zeroui.product.vectors.text.TextProfile;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;

/** Exports of context on the product plane: the tenant plane's part is the test's. */
@QuarkusTest
@TestProfile(TextProfile.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "product"))
class ContextIndexIT {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final RealRuntime RUNTIME = RealRuntime.with(RuntimePart.PRODUCT, RuntimePart.REDIS);
    private static final CollectionName CONTEXT = CollectionName.of("context");

    private final TenantId tenant = TenantId.of("x-" + UUID.randomUUID());

    @Inject
    DatabaseSchema schema;
    @Inject
    Collections collections;
    @Inject
    Points points;
    @Inject
    Documents documents;
    @Inject
    ContextExportStore store;

    @BeforeEach
    void aTenant() {
        assertThat(schema.whenReady().await().atMost(PATIENCE)).isNotEmpty();
        given().contentType("application/json").body(Map.of("tenant_id", tenant.value())).post("/v1/tenants").then().statusCode(201);
    }

    @Test
    void anExportIsFoundUntilItIsWithdrawn() {
        UUID bread = UUID.randomUUID();
        send(exported(bread, "Bread rises because yeast turns sugar into gas."));
        send(exported(UUID.randomUUID(), "The mainsail is hoisted into the wind."));
        awaitSaid(bread, 1);
        await().atMost(PATIENCE).until(() -> found("sailing boats").contains("mainsail"));
        assertThat(found("how is bread made?")).contains("yeast");
        given().header("X-Tenant-Id", tenant.value()).get("/v1/collections/context/documents/{id}", "context/" + bread).then().statusCode(200);

        send(withdrawn(bread));
        awaitSaid(bread, 2);
        assertThat(pointsOf(bread)).isZero();
        assertThat(found("how is bread made?")).doesNotContain("yeast");
    }

    @Test
    void whateverComesTwiceOrInAnotherOrderEndsAsTheTenantSaid() {
        Random random = new Random(17);
        List<UUID> kept = new ArrayList<>();
        List<UUID> gone = new ArrayList<>();
        List<ContextChanged> events = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            UUID id = UUID.randomUUID();
            (i % 2 == 0 ? kept : gone).add(id);
            for (int copy = 0; copy < 2; copy++) {
                events.add(exported(id, "Text number " + i + " of many."));
                if (i % 2 == 1) {
                    events.add(withdrawn(id));
                }
            }
        }
        java.util.Collections.shuffle(events, random);
        events.forEach(ContextIndexIT::send);
        kept.forEach(id -> awaitSaid(id, 1));
        gone.forEach(id -> awaitSaid(id, 2));
        await().atMost(PATIENCE).until(() -> said().size() >= events.size());
        assertThat(kept).allMatch(id -> pointsOf(id) == 1);
        assertThat(gone).allMatch(id -> pointsOf(id) == 0);
    }

    /** The points were written and nothing noted: so it is after a crash in between. */
    @Test
    void pointsThatACrashLeftAreFoundAndGoWithTheWithdrawal() {
        UUID id = UUID.randomUUID();
        assertThat(get(collections.create(tenant, CONTEXT, CollectionSpec.of(384, Metric.COSINE)))).isNotNull();
        leave(id, "Left behind by a crash.");
        assertThat(get(store.version(tenant, id))).isZero();
        send(exported(id, "Left behind by a crash."));
        awaitSaid(id, 1);
        assertThat(pointsOf(id)).as("not twice").isEqualTo(1);

        UUID other = UUID.randomUUID();
        leave(other, "Left behind, and withdrawn meanwhile.");
        send(withdrawn(other));
        awaitSaid(other, 2);
        assertThat(pointsOf(other)).isZero();

        UUID late = UUID.randomUUID();
        send(withdrawn(late));
        awaitSaid(late, 2);
        leave(late, "Written by somebody who did not know yet.");
        send(exported(late, "Written by somebody who did not know yet."));
        await().atMost(PATIENCE).until(() -> said().stream().filter(item -> item.exportId().equals(late)).count() == 2);
        assertThat(pointsOf(late)).isZero();
    }

    @Test
    void copiesInOtherCollectionsGoToo() {
        UUID id = UUID.randomUUID();
        send(exported(id, "A text that was copied."));
        awaitSaid(id, 1);
        CollectionName copy = CollectionName.of("copy");
        assertThat(get(collections.create(tenant, copy, CollectionSpec.of(2, Metric.L2)
                .with(Map.of(ContextIndex.EXPORT, FieldType.KEYWORD))))).isNotNull();
        var unused = get(points.upsert(tenant, copy, List.of(new Point(PointId.of(1), new float[] {1, 2},
                JsonNodeFactory.instance.objectNode().put(ContextIndex.EXPORT, id.toString())))));
        send(withdrawn(id));
        awaitSaid(id, 2);
        assertThat(get(points.count(tenant, copy, Filter.EVERY, true))).isZero();
    }

    @Test
    void anUnknownTenantAndACollectionThatDoesNotFitAreRefusedForGood() {
        UUID id = UUID.randomUUID();
        send(new ContextChanged("nobody-" + UUID.randomUUID(), id, 1, export("Nobody's text.")));
        await().atMost(PATIENCE).until(() -> saidOf(id).stream().anyMatch(item -> "there is no such tenant".equals(item.refusal())));

        assertThat(get(collections.create(tenant, CONTEXT, CollectionSpec.of(3, Metric.COSINE)))).isNotNull();
        UUID other = UUID.randomUUID();
        send(exported(other, "A text."));
        await().atMost(PATIENCE).until(() -> saidOf(other).stream().anyMatch(item -> String.valueOf(item.refusal()).contains("3 components")));
        send(withdrawn(other));
        awaitSaid(other, 2);
    }

    @Test
    void whatComesWhileTheDatabaseIsAwayIsCarriedOutAfterwards() {
        UUID kept = UUID.randomUUID();
        UUID gone = UUID.randomUUID();
        RUNTIME.stop(RuntimePart.PRODUCT);
        try {
            send(exported(kept, "A text that waits for the database."));
            send(exported(gone, "A text that is withdrawn meanwhile."));
            send(withdrawn(gone));
            await().pollDelay(Duration.ofSeconds(2)).until(() -> saidOf(kept).isEmpty());
        } finally {
            RUNTIME.start(RuntimePart.PRODUCT);
        }
        sendUntilSaid(exported(kept, "A text that waits for the database."));
        sendUntilSaid(withdrawn(gone));
        assertThat(pointsOf(kept)).isEqualTo(1);
        assertThat(pointsOf(gone)).isZero();
    }

    @Test
    void aTenantWhoseCollectionIsTakenKeepsNobodyElseWaiting() throws SQLException {
        UUID first = UUID.randomUUID();
        send(exported(first, "Makes the collection."));
        awaitSaid(first, 1);
        TenantId other = TenantId.of("x-" + UUID.randomUUID());
        given().contentType("application/json").body(Map.of("tenant_id", other.value())).post("/v1/tenants").then().statusCode(201);
        ContextChanged held = exported(UUID.randomUUID(), "Waits as long as the collection is taken.");
        UUID free = UUID.randomUUID();
        try (Connection connection = RealRuntime.connect(RUNTIME.databaseUrl(Plane.PRODUCT)); Statement statement = connection.createStatement()) {
            assertThat(statement.execute("SELECT pg_advisory_lock(hashint8extended(" + get(collections.get(tenant, CONTEXT)).id() + ", 4117))")).isTrue();
            send(held);
            send(new ContextChanged(other.value(), free, ContextChanged.EXPORTED, export("Does not wait.")));
            awaitSaid(free, 1);
            assertThat(saidOf(held.exportId())).isEmpty();
        }
        sendUntilSaid(held);
    }

    @Test
    void whatIsNoChangeOfContextGoesToTheDeadLettersAndStopsNothing() {
        long before = deadLetters();
        add(EventEnvelope.CONTEXT_CHANGED, "{}");
        add(EventEnvelope.CONTEXT_CHANGED, "{\"tenant_id\":\"../x\",\"export_id\":\"" + UUID.randomUUID() + "\",\"version\":2}");
        add(EventEnvelope.CONTEXT_CHANGED, "{\"tenant_id\":\"" + tenant + "\",\"export_id\":\"" + UUID.randomUUID() + "\",\"version\":3}");
        add(EventEnvelope.CONTEXT_CHANGED, " ".repeat(3 << 20));
        add(EventEnvelope.POLICY_ASKED, "{}");
        UUID id = UUID.randomUUID();
        send(exported(id, "A good one."));
        awaitSaid(id, 1);
        await().atMost(PATIENCE).until(() -> deadLetters() == before + 5);
    }

    @Test
    void deadLettersHaveTheHashOfATextAndNotTheText() {
        String data = "{\"tenant_id\":\"" + tenant + "\",\"export_id\":\"mainsail-" + tenant + "\",\"version\":1}";
        add(EventEnvelope.CONTEXT_CHANGED, data);
        String hash = Hash.of(data.getBytes(StandardCharsets.UTF_8)).hex();
        await().atMost(PATIENCE).until(() -> letters().stream().anyMatch(letter -> hash.equals(letter.get("datasha256"))));
        assertThat(letters()).filteredOn(letter -> hash.equals(letter.get("datasha256"))).hasSize(1)
                .allSatisfy(letter -> assertThat(letter).containsEntry("deadletterreason", "not a change of context").doesNotContainKey("data"));
        assertThat(letters().toString()).doesNotContain("mainsail-" + tenant);
    }

    @Test
    void theTenantPlaneIsToldAgainAndAgainWhichDatabaseThisIsAndHowFarItHasCome() {
        ContextExportStore.Life life = get(store.life());
        int before = all().size();
        await().atMost(PATIENCE).until(() -> all().stream().skip(before).filter(said -> said.items().isEmpty()).count() >= 2);
        assertThat(all()).allMatch(said -> said.epoch().equals(life.epoch()));

        UUID id = UUID.randomUUID();
        send(exported(id, "One change."));
        awaitSaid(id, 1);
        send(withdrawn(id));
        awaitSaid(id, 2);
        assertThat(get(store.life()).changes()).isEqualTo(life.changes() + 2);
        assertThat(all().get(all().size() - 1).changes()).isEqualTo(life.changes() + 2);
    }

    private void leave(UUID id, String text) {
        assertThat(get(documents.put(tenant, CONTEXT, new DocumentId("context/" + id), NewDocument.of("A title", text, List.of("adr"), Instant.EPOCH,
                JsonNodeFactory.instance.objectNode().put(ContextIndex.EXPORT, id.toString()).put("context_kind", "document")))).chunks()).isEqualTo(1);
    }

    private ContextChanged exported(UUID id, String text) {
        return new ContextChanged(tenant.value(), id, ContextChanged.EXPORTED, export(text));
    }

    private static ContextChanged.Export export(String text) {
        return new ContextChanged.Export("document", "A title", text, List.of("adr"), Instant.EPOCH);
    }

    private ContextChanged withdrawn(UUID id) {
        return new ContextChanged(tenant.value(), id, ContextChanged.WITHDRAWN, null);
    }

    private String found(String text) {
        return given().header("X-Tenant-Id", tenant.value()).contentType("application/json").body(Map.of("text", text, "limit", 1))
                .post("/v1/collections/context/search/text").then().statusCode(200).extract().asString();
    }

    private long pointsOf(UUID id) {
        return get(points.count(tenant, CONTEXT, Filter.must(new Condition.MatchAny(KeyPath.of(ContextIndex.EXPORT),
                List.of(TextNode.valueOf(id.toString())))), true));
    }

    private void awaitSaid(UUID id, int version) {
        await().atMost(PATIENCE).until(() -> isSaid(id, version));
    }

    /** As the tenant plane does. */
    private static void sendUntilSaid(ContextChanged change) {
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(2)).until(() -> {
            if (isSaid(change.exportId(), change.version())) {
                return true;
            }
            send(change);
            return false;
        });
    }

    private static boolean isSaid(UUID id, int version) {
        return saidOf(id).stream().anyMatch(item -> item.version() == version && item.refusal() == null);
    }

    private static List<ContextApplied.Item> saidOf(UUID id) {
        return all().stream().flatMap(said -> said.items().stream()).filter(item -> item.exportId().equals(id)).toList();
    }

    private List<ContextApplied.Item> said() {
        return all().stream().flatMap(said -> said.items().stream()).filter(item -> item.tenantId().equals(tenant.value())).toList();
    }

    private static List<ContextApplied> all() {
        try (Jedis redis = RUNTIME.redis()) {
            return redis.xrange(ChannelCatalogue.PRODUCT_CONTEXT_ACKS.streamKey(), (StreamEntryID) null, null).stream()
                    .map(entry -> EventJson.read(entry.getFields().get("data").getBytes(StandardCharsets.UTF_8), ContextApplied.class)).toList();
        }
    }

    private static void send(ContextChanged change) {
        add(EventEnvelope.CONTEXT_CHANGED, new String(EventJson.write(change), StandardCharsets.UTF_8));
    }

    private static void add(String type, String data) {
        Map<byte[], byte[]> fields = new HashMap<>();
        EventEnvelope.of(type, "urn:zeroui:plane:tenant", Instant.now(), data.getBytes(StandardCharsets.UTF_8)).toFields()
                .forEach((name, value) -> fields.put(name.getBytes(StandardCharsets.UTF_8), value));
        try (Jedis redis = RUNTIME.redis()) {
            assertThat(redis.xadd(ChannelCatalogue.TENANT_CONTEXT.streamKey().getBytes(StandardCharsets.UTF_8), new XAddParams(), fields)).isNotNull();
        }
    }

    private static long deadLetters() {
        try (Jedis redis = RUNTIME.redis()) {
            return redis.xlen(ChannelCatalogue.TENANT_CONTEXT.deadLetterKey(null));
        }
    }

    private static List<Map<String, String>> letters() {
        try (Jedis redis = RUNTIME.redis()) {
            return redis.xrange(ChannelCatalogue.TENANT_CONTEXT.deadLetterKey(null), (StreamEntryID) null, null).stream().map(entry -> entry.getFields())
                    .toList();
        }
    }

    private static <T> T get(Uni<T> work) {
        return work.await().atMost(PATIENCE);
    }
}
