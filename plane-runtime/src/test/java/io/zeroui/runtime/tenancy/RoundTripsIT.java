package io.zeroui.runtime.tenancy;

import static io.zeroui.runtime.tenancy.TenancyHarness.ONE;
import static io.zeroui.runtime.tenancy.TenancyHarness.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.Plane;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import java.io.IOException;
import java.net.URI;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Tenancy costs no round trip more than a transaction without it. */
class RoundTripsIT {

    @Test
    void theSettingsGoOutWithTheFirstStatement() throws IOException {
        int port = URI.create(RealRuntime.with(RuntimePart.PRODUCT).databaseUrl(Plane.PRODUCT)).getPort();
        try (RoundTripProxy proxy = new RoundTripProxy(port); TenancyHarness harness = new TenancyHarness(1, proxy.port())) {
            String sql = "SELECT tenant_id FROM app.evidence_applied ORDER BY tenant_id";
            Supplier<Uni<?>> plain = () -> harness.pool.withTransaction(own -> own.preparedQuery(sql).execute());
            Supplier<Uni<?>> tenant = () -> harness.tenancy.inTenant(ONE, TenancyHarness::seen);
            Select select = Select.of(sql);
            Supplier<Uni<?>> one = () -> harness.tenancy.listInTenant(ONE, select, Tuple.tuple());
            Supplier<Uni<?>> reading = () -> harness.tenancy.readInTenant(ONE, TenancyHarness::seen);

            assertThat(roundTrips(proxy, plain)).as("BEGIN, statement, COMMIT").isEqualTo(3);
            assertThat(roundTrips(proxy, tenant)).as("all until the statement, COMMIT").isEqualTo(2);
            assertThat(roundTrips(proxy, reading)).as("all until the statement").isLessThanOrEqualTo(2);
            assertThat(roundTrips(proxy, one)).as("the statement").isEqualTo(1);
        }
    }

    /** The fewest of some tries: a slow machine adds pauses, never takes them away. The first ones prepare statements. */
    private static long roundTrips(RoundTripProxy proxy, Supplier<Uni<?>> work) {
        long fewest = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long before = proxy.roundTrips();
            Object answer = await(work.get());
            assertThat(answer).isNotNull();
            fewest = Math.min(fewest, proxy.roundTrips() - before);
        }
        return fewest;
    }
}
