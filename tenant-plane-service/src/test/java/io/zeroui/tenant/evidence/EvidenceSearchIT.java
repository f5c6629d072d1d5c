package io.zeroui.tenant.evidence;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.SignedReceipts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The search against a slow model of it that reads the files; {@code -Dsearch.seed=} repeats a run. */
@QuarkusTest
@TestProfile(WithoutLimits.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class EvidenceSearchIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int RECEIPTS = 300;
    private static final int SEARCHES = 220;
    private static final int COUNTS = 120;
    private static final int[] LIMITS = {1, 2, 3, 7, 20, 50, 299, 300, 500};
    /** About so many pages are the most, for the test's time. */
    private static final int PAGES = 12;
    private static final long SEED = Long.getLong("search.seed", System.nanoTime());

    private static final Random RANDOM = new Random(SEED);
    private static final SignedReceipts EMITTER = SignedReceipts.withNewKey("kid-" + UUID.randomUUID());
    private static final RandomReceipts SOURCE = new RandomReceipts(RANDOM, EMITTER);
    private static final RandomTexts TEXTS = new RandomTexts(RANDOM);
    private static final EdgeStream EDGE = new EdgeStream();
    private static final LedgerView LEDGER = new LedgerView(TenantId.of("t-" + UUID.randomUUID()));
    private static final LedgerView OTHER = new LedgerView(TenantId.of("t-" + UUID.randomUUID()));
    private static SearchModel model;

    @BeforeEach
    void ingestOnce() {
        if (model != null) {
            return;
        }
        System.out.println("search.seed=" + SEED);
        send(LEDGER, RECEIPTS);
        send(OTHER, RECEIPTS / 3);
        model = new SearchModel(LEDGER);
        assertThat(model.receipts).hasSize(RECEIPTS);
    }

    @Test
    void everySearchAnswersAsTheFilesDo() {
        int found = 0;
        for (int i = 0; i < SEARCHES; i++) {
            Map<String, Object> filters = filters();
            List<String> expected = model.search(filters, Long.MAX_VALUE);
            filters.put("limit", Math.max(LIMITS[RANDOM.nextInt(LIMITS.length)], expected.size() / PAGES));
            assertThat(pages("search", LEDGER, filters)).as("seed %d: %s", SEED, filters).isEqualTo(expected);
            found += expected.size();
        }
        assertThat(found).as("the filters let something pass").isGreaterThan(SEARCHES);
    }

    @Test
    void everyFilterAloneAnswersAsTheFilesDo() {
        for (String filter : SearchModel.FILTERS) {
            model.receipts.stream().flatMap(receipt -> receipt.all(filter).stream()).distinct().limit(12).forEach(value -> {
                Map<String, Object> filters = Map.of(filter, value, "limit", 500);
                assertThat(pages("search", LEDGER, filters)).as(filters.toString()).isNotEmpty()
                        .isEqualTo(model.search(filters, Long.MAX_VALUE));
            });
        }
    }

    @Test
    void everyTextAnswersAsTheFilesDo() {
        Set<String> texts = new LinkedHashSet<>(RandomTexts.BADGES.stream().map(badge -> '"' + badge + '"').toList());
        for (int i = 0; i < SEARCHES; i++) {
            texts.add(TEXTS.question());
        }
        RandomTexts.WORDS.stream().filter(word -> !List.of("the", "of", "and", "-minus").contains(word)).forEach(texts::add);
        texts.addAll(List.of("limit & licence | !denied", "commit -pre-commit", "pre-commit", "limit -\"no such badge\"", "limit -the",
                "review <-> review", "review:* limit:A", "change nothing-has-this", "the limit of the licence", "'limit' \\licence"));
        int found = 0;
        for (String text : texts) {
            Map<String, Object> filters = Map.of("text", text, "limit", 1 + RANDOM.nextInt(500));
            List<String> expected = model.search(filters, Long.MAX_VALUE);
            assertThat(pages("search", LEDGER, filters)).as("seed %d: %s", SEED, text).isEqualTo(expected);
            found += expected.size();
        }
        assertThat(found).as("the texts find something").isGreaterThan(texts.size());
        assertThat(model.search(Map.of("text", "\"over limit\""), Long.MAX_VALUE)).isNotEmpty()
                .isNotEqualTo(model.search(Map.of("text", "over limit"), Long.MAX_VALUE));
    }

    @Test
    void theLedgerIsReadInItsOrderInBothDirections() {
        for (int round = 0; round < 30; round++) {
            Map<String, Object> filters = round % 3 == 0 ? new LinkedHashMap<>() : filters();
            List<String> expected = model.matching(filters).stream().map(SearchModel.Receipt::id).toList();
            filters.put("limit", Math.max(1 + RANDOM.nextInt(60), expected.size() / PAGES));
            assertThat(ledger(filters, true)).as("seed %d: %s", SEED, filters).isEqualTo(expected);
            assertThat(ledger(filters, false)).as("seed %d: %s", SEED, filters).isEqualTo(expected);
        }
        assertThat(ask("receipts/ledger-query", LEDGER, Map.of("after", RECEIPTS + 7)).<String, Object>getMap(""))
                .containsEntry("items", List.of()).containsEntry("last", RECEIPTS).containsEntry("to", RECEIPTS);
        assertThat(ask("receipts/ledger-query", new LedgerView(TenantId.of("t-nobody")), Map.of()).getInt("last")).isZero();
    }

    private static List<String> ledger(Map<String, Object> filters, boolean forward) {
        List<String> found = new ArrayList<>();
        Map<String, Object> body = new HashMap<>(filters);
        if (forward) {
            body.put("after", 0);
        }
        while (true) {
            JsonPath answer = ask("receipts/ledger-query", LEDGER, body);
            found.addAll(forward ? found.size() : 0, answer.getList("items.receipt_id"));
            if (answer.getLong(forward ? "to" : "after") == (forward ? answer.getLong("last") : 0)) {
                return found;
            }
            body.put(forward ? "after" : "before", forward ? answer.getLong("to") : answer.getLong("after") + 1);
        }
    }

    @Test
    void aWordOfAnotherTenantIsNotThere() {
        String word = "zq" + UUID.randomUUID().toString().replaceAll("[^a-z]", "");
        LedgerView theirs = new LedgerView(TenantId.of("t-" + UUID.randomUUID()));
        EDGE.send(theirs.tenant, EMITTER.decision("core-api", SignedReceipts.newId(), receipt -> receipt.withObject("/decision")
                .put("rationale", "limit of " + word).withArray("badges").add(word + " badge")), EMITTER);
        await().atMost(PATIENCE).until(() -> theirs.indexed().size() == 1);
        for (String text : List.of(word, "limit " + word, '"' + word + " badge\"")) {
            assertThat(pages("search", theirs, Map.of("text", text))).hasSize(1);
            assertThat(pages("search", LEDGER, Map.of("text", text))).isEmpty();
            assertThat(ask("aggregate", LEDGER, Map.of("text", text, "group_by", List.of("day"))).getInt("total")).isZero();
        }
        assertThat(pages("search", theirs, Map.of("text", "limit -" + word))).isEmpty();
    }

    @Test
    void everyCountAnswersAsTheFilesDo() {
        for (int i = 0; i < COUNTS; i++) {
            Map<String, Object> body = i % 4 == 0 ? new LinkedHashMap<>() : filters();
            List<String> keys = new ArrayList<>(SearchModel.KEYS);
            Collections.shuffle(keys, RANDOM);
            keys = keys.subList(0, 1 + RANDOM.nextInt(3));
            List<Map<String, Object>> expected = model.groups(body, keys);
            int total = model.matching(body).size();
            body.put("group_by", keys);
            JsonPath answer = ask("aggregate", LEDGER, body);
            assertThat(answer.<Map<String, Object>>getList("groups")).as("seed %d: %s", SEED, body).isEqualTo(expected);
            assertThat(answer.getLong("total")).as("seed %d: %s", SEED, body).isEqualTo(total);
            assertThat(answer.getBoolean("truncated")).isFalse();
        }
    }

    @Test
    void everyChainIsInItsOrder() {
        List<String> chains = model.receipts.stream().map(receipt -> receipt.one("chain_id")).distinct().toList();
        assertThat(chains).hasSizeGreaterThan(5);
        for (String chain : chains) {
            Map<String, Object> body = Map.of("chain_id", chain, "limit", 1 + RANDOM.nextInt(20));
            assertThat(pages("receipts/chain-query", LEDGER, body)).isEqualTo(model.chain(chain));
        }
    }

    @Test
    void pagesNeitherSkipNorRepeatWhileReceiptsComeIn() {
        LedgerView busy = new LedgerView(TenantId.of("t-" + UUID.randomUUID()));
        send(busy, RECEIPTS / 2);
        List<Session> sessions = new ArrayList<>();
        for (int round = 0; round < 12; round++) {
            Map<String, Object> filters = new HashMap<>(List.of(Map.<String, Object>of(), Map.<String, Object>of("kind", "decision"),
                    Map.<String, Object>of("text", "change"), Map.<String, Object>of("text", "limit -licence", "kind", "decision"))
                    .get(round % 4));
            filters.put("limit", 9 + round);
            long before = lastSequence(busy);
            sessions.add(new Session(filters, before, new ArrayList<>()));
            Session session = sessions.get(round);
            String cursor = session.read(busy, null);
            session.lastAtMost[0] = lastSequence(busy);
            while (cursor != null) {
                EDGE.send(busy.tenant, SOURCE.next(), EMITTER);
                EDGE.send(busy.tenant, SOURCE.next(), EMITTER);
                cursor = session.read(busy, cursor);
            }
        }
        await().atMost(PATIENCE).until(() -> busy.journal().size() == busy.indexed().size() && busy.journal().size() > 250);
        SearchModel all = new SearchModel(busy);
        assertThat(sessions).allSatisfy(session -> assertThat(LongStream.rangeClosed(session.lastAtLeast, session.lastAtMost[0])
                .mapToObj(last -> all.search(session.filters, last))).as("seed %d", SEED).contains(session.found));
    }

    /** One reading of all pages. */
    private record Session(Map<String, Object> filters, long lastAtLeast, List<String> found, long[] lastAtMost) {

        Session(Map<String, Object> filters, long lastAtLeast, List<String> found) {
            this(filters, lastAtLeast, found, new long[1]);
        }

        String read(LedgerView of, String cursor) {
            Map<String, Object> body = new HashMap<>(filters);
            body.put("cursor", cursor);
            JsonPath page = ask("search", of, body);
            found.addAll(page.getList("items.receipt_id"));
            return page.getString("next_cursor");
        }
    }

    @Test
    void anotherTenantsReceiptsAreNotThere() {
        SearchModel others = new SearchModel(OTHER);
        assertThat(pages("search", OTHER, Map.of())).isEqualTo(others.search(Map.of(), Long.MAX_VALUE));
        String chain = OTHER.tenant + ":ide:default:unknown";
        assertThat(pages("search", LEDGER, Map.of("chain_id", chain))).isEmpty();
        assertThat(pages("receipts/chain-query", LEDGER, Map.of("chain_id", chain))).isEmpty();
        assertThat(ask("aggregate", LEDGER, Map.of("chain_id", chain, "group_by", List.of("day"))).getList("groups")).isEmpty();
        assertThat(ask("search", new LedgerView(TenantId.of("t-nobody")), Map.of()).<String, Object>getMap(""))
                .containsEntry("items", List.of()).containsEntry("next_cursor", null);
    }

    @Test
    void anItemHasTheMembersOfTheReceiptsOwnIndex() {
        SearchModel.Receipt receipt = model.receipts.stream().filter(any -> any.one("parent_receipt_id") != null
                && any.one("module_id") != null && any.all("policy_version_id").size() > 1).findFirst().orElseThrow();
        Map<String, Object> index = given().header("X-Tenant-Id", LEDGER.tenant.value())
                .get("/v1/evidence/receipts/" + receipt.id()).jsonPath().getMap("index");
        assertThat(index).containsEntry("module_id", receipt.one("module_id"))
                .containsEntry("parent_receipt_id", receipt.one("parent_receipt_id")).containsKey("policy_version_ids");
        List<Map<String, Object>> items = ask("search", LEDGER, Map.of("parent_receipt_id", receipt.one("parent_receipt_id"),
                "limit", 500)).getList("items");
        assertThat(items).contains(index);
    }

    private static Map<String, Object> filters() {
        Map<String, Object> filters = new LinkedHashMap<>();
        SearchModel.Receipt like = any();
        SearchModel.Receipt unlike = any();
        for (int i = RANDOM.nextInt(4); i > 0; i--) {
            String filter = SearchModel.FILTERS.get(RANDOM.nextInt(SearchModel.FILTERS.size()));
            String value = (RANDOM.nextInt(8) == 0 ? unlike : like).one(filter);
            filters.put(filter, value == null ? "none-has-it" : value);
            if (value == null && List.of("status", "actor_type").contains(filter)) {
                filters.remove(filter);
            }
        }
        if (RANDOM.nextInt(3) == 0) {
            filters.put("text", TEXTS.question());
        }
        if (RANDOM.nextInt(3) == 0) {
            filters.put("from", time(any().time()));
        }
        if (RANDOM.nextInt(3) == 0) {
            filters.put("to", time(any().time()));
        }
        return filters;
    }

    private static Instant time(Instant at) {
        return RANDOM.nextBoolean() ? at : at.plusNanos(1_000L * (RANDOM.nextInt(3) - 1));
    }

    private static SearchModel.Receipt any() {
        return model.receipts.get(RANDOM.nextInt(model.receipts.size()));
    }

    /** The ids of all pages; every page but the last is full. */
    private static List<String> pages(String path, LedgerView of, Map<String, Object> filters) {
        List<String> found = new ArrayList<>();
        Map<String, Object> body = new HashMap<>(filters);
        int limit = (int) filters.getOrDefault("limit", 50);
        while (true) {
            JsonPath page = ask(path, of, body);
            List<String> ids = page.getList("items.receipt_id");
            found.addAll(ids);
            String cursor = page.getString("next_cursor");
            if (cursor == null) {
                assertThat(ids).hasSizeLessThanOrEqualTo(limit);
                return found;
            }
            assertThat(ids).hasSize(limit);
            body.put("cursor", cursor);
        }
    }

    private static JsonPath ask(String path, LedgerView of, Map<String, Object> body) {
        Map<String, Object> sent = new HashMap<>(body);
        sent.replaceAll((name, value) -> value instanceof Instant time ? time.toString() : value);
        return given().header("X-Tenant-Id", of.tenant.value()).contentType("application/json").body(sent)
                .post("/v1/evidence/" + path).then().statusCode(200).extract().jsonPath();
    }

    private static void send(LedgerView to, int count) {
        for (int i = 0; i < count; i++) {
            EDGE.send(to.tenant, SOURCE.next(), EMITTER);
        }
        await().atMost(PATIENCE).until(() -> to.indexed().size() == count);
    }

    private static long lastSequence(LedgerView of) {
        return of.indexed().size();
    }
}
