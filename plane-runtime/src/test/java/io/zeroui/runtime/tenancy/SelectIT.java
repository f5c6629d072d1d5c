package io.zeroui.runtime.tenancy;

import static io.zeroui.runtime.tenancy.TenancyHarness.ONE;
import static io.zeroui.runtime.tenancy.TenancyHarness.TWO;
import static io.zeroui.runtime.tenancy.TenancyHarness.await;
import static io.zeroui.runtime.tenancy.TenancyHarness.insert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import io.zeroui.contracts.identity.TenantId;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads whose settings travel inside the statement; one connection, so that what one left behind would meet the next. */
class SelectIT {

    private static final String ALL = "SELECT tenant_id FROM app.evidence_applied ORDER BY tenant_id DESC";
    private static final Select SEEN = Select.of(ALL);
    private static final Select NAMED = Select.of("SELECT tenant_id FROM app.evidence_applied WHERE tenant_id = $2 OR $1");
    private static final Select JOINED = Select.of("""
            WITH numbers AS MATERIALIZED (SELECT n FROM generate_series(1, 300) AS n)
            SELECT e.tenant_id, count(*) AS rows FROM app.evidence_applied AS e CROSS JOIN numbers
             WHERE EXISTS (SELECT FROM app.evidence_applied AS other WHERE other.tenant_id = e.tenant_id)
             GROUP BY e.tenant_id ORDER BY e.tenant_id""");

    private TenancyHarness harness;
    private Tenancy tenancy;

    @BeforeEach
    void open() {
        harness = new TenancyHarness(1);
        tenancy = harness.tenancy;
        await(tenancy.inTenant(ONE, in -> insert(in, ONE)));
        await(tenancy.inTenant(TWO, in -> insert(in, TWO)));
    }

    @AfterEach
    void close() {
        harness.close();
    }

    @Test
    void aTenantSeesItsRowsAndThePlaneAllInTheStatementsOrder() {
        assertThat(inTenant(ONE, SEEN, Tuple.tuple())).containsExactly("one");
        assertThat(inTenant(TWO, SEEN, Tuple.tuple())).containsExactly("two");
        assertThat(texts(await(tenancy.listInPlane("test", SEEN, Tuple.tuple())))).containsExactly("two", "one");
        assertThat(inTenant(TenantId.of("nobody"), SEEN, Tuple.tuple())).isEmpty();
    }

    @Test
    void parametersAreTheStatementsOwn() {
        assertThat(inTenant(ONE, NAMED, Tuple.of(false, "one"))).containsExactly("one");
        assertThat(inTenant(ONE, NAMED, Tuple.of(true, "two"))).containsExactly("one");
        assertThat(inTenant(ONE, NAMED, Tuple.of(false, "two"))).isEmpty();
        assertThat(inTenant(ONE, NAMED, Tuple.of(false, "' OR set_config('app.plane_scope', 'plane', true) = 'plane"))).isEmpty();
        assertThatThrownBy(() -> inTenant(ONE, NAMED, Tuple.of(true))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> tenancy.listInPlane(" ", SEEN, Tuple.tuple())).hasMessageContaining("reason");
    }

    /** However the planner is bent, and also when it makes one plan for all parameters, the settings come first. */
    @ParameterizedTest
    @ValueSource(strings = { "enable_nestloop = off", "enable_seqscan = off", "enable_material = off", "enable_memoize = off",
            "plan_cache_mode = force_generic_plan", "plan_cache_mode = force_custom_plan", "from_collapse_limit = 1",
            "join_collapse_limit = 1", "enable_sort = off", "parallel_setup_cost = 0", "debug_parallel_query = on", "jit = on" })
    void thePlanMayBeAny(String setting) {
        await(harness.pool.query("SET " + setting).execute());
        await(harness.pool.query("SET jit_above_cost = 0").execute());
        for (int i = 0; i < 8; i++) {
            assertThat(inTenant(ONE, SEEN, Tuple.tuple())).containsExactly("one");
            assertThat(inTenant(TWO, NAMED, Tuple.of(true, ""))).containsExactly("two");
            assertThat(texts(await(tenancy.listInPlane("test", JOINED, Tuple.tuple())))).containsExactly("one", "two");
            assertThat(inTenant(ONE, JOINED, Tuple.tuple())).containsExactly("one");
        }
    }

    @Test
    void nothingIsLeftOnTheConnectionAndNothingOfTheSessionCounts() {
        assertThat(texts(await(tenancy.listInPlane("test", SEEN, Tuple.tuple())))).hasSize(2);
        assertThat(await(harness.pool.query(ALL).execute().map(TenancyHarness::texts))).isEmpty();
        await(harness.pool.query("SET app.plane_scope = 'plane'").execute());
        await(harness.pool.query("SET app.current_tenant_id = 'two'").execute());
        assertThat(inTenant(ONE, SEEN, Tuple.tuple())).containsExactly("one");
    }

    @Test
    void itCannotWrite() {
        for (String sql : List.of("INSERT INTO app.evidence_applied (tenant_id) VALUES ('one') RETURNING tenant_id",
                "WITH gone AS (DELETE FROM app.evidence_applied RETURNING tenant_id) SELECT tenant_id FROM gone",
                ALL + "; DELETE FROM app.evidence_applied")) {
            Select writing = Select.of(sql);
            assertThatThrownBy(() -> inTenant(ONE, writing, Tuple.tuple())).as(sql)
                    .isInstanceOfSatisfying(PgException.class, refused -> assertThat(refused.getSqlState()).isIn("42601", "0A000"));
        }
        assertThat(inTenant(ONE, SEEN, Tuple.tuple())).containsExactly("one");
    }

    @Test
    void readersAtOnceSeeTheirOwn() {
        try (TenancyHarness wide = new TenancyHarness(4)) {
            await(wide.tenancy.inTenant(ONE, in -> insert(in, ONE)));
            await(wide.tenancy.inTenant(TWO, in -> insert(in, TWO)));
            List<List<String>> seen = await(Uni.join().all(IntStream.range(0, 400)
                    .mapToObj(i -> wide.tenancy.listInTenant(i % 2 == 0 ? ONE : TWO, SEEN, Tuple.tuple()).map(SelectIT::texts))
                    .toList()).andFailFast());
            for (int i = 0; i < seen.size(); i++) {
                assertThat(seen.get(i)).containsExactly(i % 2 == 0 ? "one" : "two");
            }
        }
    }

    private List<String> inTenant(TenantId tenant, Select select, Tuple parameters) {
        return texts(await(tenancy.listInTenant(tenant, select, parameters)));
    }

    private static List<String> texts(List<Row> rows) {
        return rows.stream().map(row -> row.getString(0)).toList();
    }
}
