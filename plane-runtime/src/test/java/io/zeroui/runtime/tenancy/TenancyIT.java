package io.zeroui.runtime.tenancy;

import static io.zeroui.runtime.tenancy.TenancyHarness.ONE;
import static io.zeroui.runtime.tenancy.TenancyHarness.TWO;
import static io.zeroui.runtime.tenancy.TenancyHarness.await;
import static io.zeroui.runtime.tenancy.TenancyHarness.insert;
import static io.zeroui.runtime.tenancy.TenancyHarness.seen;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One connection, so that whatever a transaction left behind would meet the next one. */
class TenancyIT {

    private static final String BOTH = "SELECT current_setting('app.current_tenant_id', true) || '|' || "
            + "current_setting('app.plane_scope', true)";

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
    void aTenantSeesItsRowsAndNoOthers() {
        assertThat(await(tenancy.inTenant(ONE, TenancyHarness::seen))).containsExactly("one");
        assertThat(await(tenancy.readInTenant(TWO, TenancyHarness::seen))).containsExactly("two");
    }

    @Test
    void aTenantCannotWriteForAnother() {
        assertThatThrownBy(() -> await(tenancy.inTenant(ONE, in -> insert(in, TWO))))
                .hasMessageContaining("row-level security");
    }

    @Test
    void thePlaneSeesAllRowsWhereAPolicyAdmitsItAndNoneElsewhere() {
        assertThat(await(tenancy.readInPlane("test", TenancyHarness::seen))).containsExactly("one", "two");
        assertThatThrownBy(() -> await(tenancy.inPlane("test", in -> insert(in, ONE))))
                .hasMessageContaining("row-level security");
        assertThatThrownBy(() -> tenancy.inPlane(" ", TenancyHarness::seen)).hasMessageContaining("reason");
    }

    @Test
    void aReadCannotWrite() {
        assertThatThrownBy(() -> await(tenancy.readInTenant(ONE, in -> insert(in, ONE))))
                .hasMessageContaining("read-only transaction");
    }

    @Test
    void nothingIsLeftOnTheConnection() {
        assertThat(await(tenancy.inTenant(ONE, TenancyHarness::seen))).containsExactly("one");
        assertThat(unscoped()).isEmpty();
        assertThat(await(tenancy.readInPlane("test", TenancyHarness::seen))).hasSize(2);
        assertThat(unscoped()).isEmpty();
    }

    @Test
    void aSettingThatSomebodySmuggledIntoTheSessionCountsForNothing() {
        await(tenancy.inTenant(ONE, in -> in.execute(
                "SELECT set_config('app.plane_scope', 'plane', false), set_config('app.current_tenant_id', 'two', false)")));
        assertThat(await(tenancy.inTenant(ONE, TenancyHarness::seen))).containsExactly("one");
        List<String> settings = await(tenancy.readInTenant(ONE, in -> in.execute(BOTH).map(TenancyHarness::texts)));
        assertThat(settings)
                .containsExactly("one|");
    }

    @Test
    void aFailureRollsBackAndComesOut() {
        assertThatThrownBy(() -> await(tenancy.inTenant(ONE, in -> touch(in)
                .chain(() -> Uni.createFrom().failure(new IllegalArgumentException("ours"))))))
                .hasMessage("ours");
        assertThatThrownBy(() -> await(tenancy.inTenant(ONE, in -> {
            throw new IllegalArgumentException("thrown");
        }))).hasMessage("thrown");
        assertThat(touched()).isFalse();
    }

    @Test
    void aFailedStatementThatTheWorkSwallowsIsNoSuccess() {
        assertThatThrownBy(() -> await(tenancy.inTenant(ONE, in -> touch(in)
                .chain(() -> in.execute("SELECT 1 / 0").replaceWithVoid().onFailure().recoverWithNull()))))
                .hasMessageContaining("division by zero");
        assertThat(touched()).isFalse();
    }

    @Test
    void aTimeoutRollsBackAndGivesTheConnectionBack() {
        assertThatThrownBy(() -> await(tenancy.inTenant(ONE, in -> touch(in)
                .chain(() -> in.execute("SELECT pg_sleep(0.5)")))
                .ifNoItem().after(Duration.ofMillis(100)).fail())).isInstanceOf(TimeoutException.class);
        assertThat(touched()).isFalse();
        assertThat(unscoped()).isEmpty();
    }

    @Test
    void aCancellationBeforeTheConnectionIsThereGivesItBack() {
        Uni<?> slow = tenancy.readInTenant(ONE, in -> in.execute("SELECT pg_sleep(0.3)"));
        var running = slow.subscribe().with(item -> {
        });
        for (int i = 0; i < 20; i++) {
            tenancy.inTenant(ONE, TenancyHarness::seen).subscribe().with(item -> {
            }).cancel();
        }
        assertThat(await(tenancy.inTenant(ONE, TenancyHarness::seen))).containsExactly("one");
        running.cancel();
    }

    @Test
    void aStatementAfterTheEndReachesNoConnection() {
        AtomicReference<Statements> kept = new AtomicReference<>();
        await(tenancy.inTenant(ONE, in -> {
            kept.set(in);
            return seen(in);
        }));
        assertThatThrownBy(() -> await(seen(kept.get()))).isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("over");
    }

    @Test
    void aKilledConnectionFailsTheWorkAndTheNextOneIsNew() {
        assertThatThrownBy(() -> await(tenancy.inTenant(ONE, in -> touch(in)
                .chain(() -> in.execute("SELECT pg_terminate_backend(pg_backend_pid())"))))).isNotNull();
        assertThat(touched()).isFalse();
        assertThat(await(tenancy.inTenant(ONE, TenancyHarness::seen))).containsExactly("one");
    }

    private static Uni<?> touch(Statements in) {
        return in.execute("UPDATE app.evidence_applied SET applied = '{[1,2)}' WHERE tenant_id = 'one'");
    }

    private boolean touched() {
        return await(tenancy.readInTenant(ONE, in -> in.execute("SELECT 1 FROM app.evidence_applied WHERE applied <> '{}'")))
                .size() > 0;
    }

    /** What a statement sees on the pool's connection without a transaction of ours. */
    private List<String> unscoped() {
        return await(harness.pool.query("SELECT tenant_id FROM app.evidence_applied").execute()
                .map(TenancyHarness::texts));
    }
}
