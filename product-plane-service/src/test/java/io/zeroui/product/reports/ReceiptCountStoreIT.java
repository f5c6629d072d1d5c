package io.zeroui.product.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.events.EvidenceItem;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.testing.PlaneResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "product"))
class ReceiptCountStoreIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    ReceiptCountStore store;
    @Inject
    DatabaseSchema schema;

    @BeforeEach
    void awaitSchema() {
        assertThat(schema.whenReady().await().atMost(PATIENCE)).isNotEmpty();
    }

    @Test
    void theSameEntriesTwiceCountOnce() {
        List<CountedReceipt> batch = List.of(receipt("twice", 1), receipt("twice", 2), receipt("twice", 1));
        assertThat(apply(batch)).isEqualTo(2);
        assertThat(apply(batch)).isZero();
        assertThat(ProductRuntime.applied("twice")).isEqualTo("{[1,3)}");
    }

    @Test
    void anEntryThatComesLateFillsItsGap() {
        assertThat(apply(List.of(receipt("late", 3), receipt("late", 1)))).isEqualTo(2);
        assertThat(ProductRuntime.applied("late")).isEqualTo("{[1,2),[3,4)}");
        assertThat(apply(List.of(receipt("late", 2), receipt("late", 3)))).isEqualTo(1);
        assertThat(ProductRuntime.applied("late")).isEqualTo("{[1,4)}");
    }

    @Test
    void theSameNumberOfTwoTenantsAreTwoEntries() {
        assertThat(apply(List.of(receipt("one", 1), receipt("two", 1)))).isEqualTo(2);
    }

    @Test
    void theSameBatchAtTwoConsumersAtOnceCountsOnce() {
        List<CountedReceipt> batch = new ArrayList<>();
        for (long sequence = 1; sequence <= 500; sequence++) {
            batch.add(receipt("race-a", sequence));
            batch.add(receipt("race-b", sequence));
        }
        List<CountedReceipt> reversed = new ArrayList<>(batch);
        Collections.reverse(reversed);
        List<Long> fresh = Uni.join().all(store.apply(batch), store.apply(reversed), store.apply(batch)).andFailFast()
                .await().atMost(PATIENCE);
        assertThat(fresh.stream().mapToLong(Long::longValue).sum()).isEqualTo(1000);
        assertThat(ProductRuntime.applied("race-a")).isEqualTo("{[1,501)}");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void anyOrderAndOverlapAtTwoConsumersGivesTheCountsOfTheModel(long seed) {
        Random random = new Random(seed);
        List<String> tenants = List.of("m" + seed + "-a", "m" + seed + "-b", "m" + seed + "-c");
        Map<String, Set<Long>> model = new TreeMap<>();
        long freshAll = 0;
        for (int round = 0; round < 25; round++) {
            List<CountedReceipt> left = batch(random, tenants);
            List<CountedReceipt> right = random.nextBoolean() ? batch(random, tenants) : shuffled(left, random);
            left.forEach(receipt -> note(model, receipt));
            right.forEach(receipt -> note(model, receipt));
            freshAll += Uni.join().all(store.apply(left), store.apply(right)).andFailFast()
                    .await().atMost(PATIENCE).stream().mapToLong(Long::longValue).sum();
        }
        assertThat(freshAll).isEqualTo(model.values().stream().mapToLong(Set::size).sum());
        model.forEach((tenant, sequences) -> {
            assertThat(ProductRuntime.counts(tenant)).isEqualTo(expected(tenant, sequences));
            assertThat(ProductRuntime.applied(tenant)).isEqualTo(ranges(sequences));
            assertThat(policyCounts(tenant)).isEqualTo(expectedPolicies(tenant, sequences));
        });
    }

    @Test
    void theServingLoginMayNotDeleteCounts() throws Exception {
        String url = ProductRuntime.RUNTIME.databaseUrl(io.zeroui.contracts.Plane.PRODUCT);
        try (var connection = io.zeroui.testing.RealRuntime.connect(url); var statement = connection.createStatement()) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> statement.execute("DELETE FROM app.receipt_counts"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void everyTableHasAComment() {
        List<String> without = new ArrayList<>();
        ProductRuntime.ask("SELECT relname FROM pg_class WHERE relnamespace = 'app'::regnamespace AND relkind = 'r'"
                + " AND obj_description(oid) IS NULL", row -> without.add(row.getString(1)));
        assertThat(without).isEmpty();
    }

    private long apply(List<CountedReceipt> batch) {
        return store.apply(batch).await().atMost(PATIENCE);
    }

    private static List<CountedReceipt> batch(Random random, List<String> tenants) {
        List<CountedReceipt> batch = new ArrayList<>();
        int slices = 1 + random.nextInt(4);
        for (int slice = 0; slice < slices; slice++) {
            String tenant = tenants.get(random.nextInt(tenants.size()));
            long from = 1 + random.nextInt(300);
            long to = from + random.nextInt(40);
            for (long sequence = from; sequence <= to; sequence += 1 + random.nextInt(2)) {
                batch.add(receipt(tenant, sequence));
            }
        }
        return shuffled(batch, random);
    }

    private static List<CountedReceipt> shuffled(List<CountedReceipt> batch, Random random) {
        List<CountedReceipt> shuffled = new ArrayList<>(batch);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private static void note(Map<String, Set<Long>> model, CountedReceipt receipt) {
        model.computeIfAbsent(receipt.tenantId(), tenant -> new TreeSet<>()).add(receipt.ledgerSequence());
    }

    private static Map<String, Long> expected(String tenant, Set<Long> sequences) {
        Map<String, Long> counts = new TreeMap<>();
        sequences.stream().map(sequence -> receipt(tenant, sequence)).forEach(receipt -> counts.merge(receipt.day()
                + " " + receipt.kind() + " " + receipt.gateId() + " " + receipt.status(), 1L, Long::sum));
        return counts;
    }

    /** By version: receipts, overrides, blocks, degraded. */
    private static Map<String, List<Long>> policyCounts(String tenant) {
        Map<String, List<Long>> counts = new TreeMap<>();
        ProductRuntime.ask("SELECT version_name, sum(receipts), sum(overrides), sum(blocks), sum(degraded) FROM app.policy_counts"
                + " WHERE tenant_id = '" + tenant + "' GROUP BY 1",
                row -> counts.put(row.getString(1), List.of(row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5))));
        return counts;
    }

    private static Map<String, List<Long>> expectedPolicies(String tenant, Set<Long> sequences) {
        Map<String, List<Long>> counts = new TreeMap<>();
        for (long sequence : sequences) {
            CountedReceipt receipt = receipt(tenant, sequence);
            for (String version : receipt.policies()) {
                List<Long> before = counts.getOrDefault(version, List.of(0L, 0L, 0L, 0L));
                counts.put(version, List.of(before.get(0) + 1, before.get(1) + (receipt.overridden() ? 1 : 0),
                        before.get(2) + (receipt.status().endsWith("_block") ? 1 : 0), before.get(3) + (receipt.degraded() ? 1 : 0)));
            }
        }
        return counts;
    }

    private static String ranges(Set<Long> sequences) {
        List<String> ranges = new ArrayList<>();
        long from = -1;
        long next = -1;
        for (long sequence : sequences) {
            if (sequence != next) {
                if (from >= 0) {
                    ranges.add("[" + from + "," + next + ")");
                }
                from = sequence;
            }
            next = sequence + 1;
        }
        ranges.add("[" + from + "," + next + ")");
        return "{" + String.join(",", ranges) + "}";
    }

    /** The entry with this number is always the same one. */
    private static CountedReceipt receipt(String tenant, long sequence) {
        String[] statuses = {"pass", "warn", "soft_block", "hard_block", "unknown"};
        List<String> versions = List.of("gate-" + sequence % 2, "all-1.0", "not a version", "all-1.0");
        return CountedReceipt.of(TenantId.of(tenant), new EvidenceItem(sequence, "receipt-" + sequence,
                sequence % 11 == 0 ? "feedback" : "decision", "repo", sequence % 11 == 0 ? null : "gate-" + sequence % 3,
                statuses[(int) (sequence % 5)], null, LocalDate.of(2026, 11, 1).plusDays(sequence % 7).toString(), "pre-commit", "default",
                sequence % 3 == 0, "00", versions.subList(0, (int) (sequence % 5)), sequence % 4 == 0));
    }
}
