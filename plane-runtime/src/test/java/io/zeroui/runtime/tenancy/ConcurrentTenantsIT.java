package io.zeroui.runtime.tenancy;

import static io.zeroui.runtime.tenancy.TenancyHarness.insert;
import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.testing.Prerequisite;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Many fibers and tenants on few connections, which are cancelled and killed at random: nobody sees anybody else. */
class ConcurrentTenantsIT {

    private static final int FIBERS = 64;
    private static final int TENANTS = 50;
    private static final int CONNECTIONS = 12;

    private final Queue<String> strangers = new ConcurrentLinkedQueue<>();
    private final AtomicLong seen = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong killed = new AtomicLong();

    @Test
    void noTenantSeesAnotherForFourSeconds() throws Exception {
        run(Duration.ofSeconds(4), 0);
    }

    @Test
    void noTenantSeesAnotherThroughAConnectionPool() throws Exception {
        run(Duration.ofSeconds(4), pooledPort());
    }

    @Test
    @Tag("long")
    void noTenantSeesAnotherForAMinute() throws Exception {
        run(Duration.ofSeconds(60), 0);
    }

    @Test
    @Tag("long")
    void noTenantSeesAnotherForAMinuteThroughAConnectionPool() throws Exception {
        run(Duration.ofSeconds(60), pooledPort());
    }

    private static int pooledPort() {
        Optional<String> url = RealRuntime.with(RuntimePart.of(Plane.PRODUCT)).pooledUrl(Plane.PRODUCT);
        Prerequisite.require(url.isPresent(), "this runtime has no connection pool");
        return URI.create(url.orElseThrow()).getPort();
    }

    private void run(Duration duration, int port) throws Exception {
        try (TenancyHarness harness = new TenancyHarness(CONNECTIONS, port)) {
            TenantId first = TenantId.of("t-0");
            TenancyHarness.await(harness.tenancy.inTenant(first, in -> insert(in, first)));
            long end = System.nanoTime() + duration.toNanos();
            ExecutorService threads = Executors.newFixedThreadPool(FIBERS + 1);
            List<Future<?>> running = new ArrayList<>();
            for (int fiber = 0; fiber < FIBERS; fiber++) {
                Random random = new Random(fiber);
                running.add(threads.submit(() -> fiber(harness.tenancy, random, end)));
            }
            Callable<Void> killer = () -> kill(harness, end);
            running.add(threads.submit(killer));
            for (Future<?> one : running) {
                one.get(duration.toSeconds() + 120, TimeUnit.SECONDS);
            }
            threads.shutdown();
            assertThat(strangers).isEmpty();
            assertThat(seen.get()).as("answers with rows").isGreaterThan(100);
            assertThat(failed.get()).as("cancelled or killed").isGreaterThan(10);
            assertThat(killed.get()).as("connections killed").isPositive();
            assertThat(TenancyHarness.await(harness.tenancy.readInTenant(first, TenancyHarness::seen)
                    .onFailure().retry().atMost(CONNECTIONS))).as("the pool still works").containsExactly("t-0");
        }
    }

    private void fiber(Tenancy tenancy, Random random, long end) {
        while (System.nanoTime() < end) {
            TenantId tenant = TenantId.of("t-" + random.nextInt(TENANTS));
            Uni<List<String>> work = switch (random.nextInt(3)) {
                case 0 -> tenancy.readInTenant(tenant, TenancyHarness::seen);
                case 1 -> tenancy.inTenant(tenant, in -> insert(in, tenant).chain(() -> TenancyHarness.seen(in)));
                default -> tenancy.inTenant(tenant, in -> Uni.join().all(insert(in, tenant).replaceWith(List.<String> of()),
                        TenancyHarness.seen(in), TenancyHarness.seen(in)).andFailFast().map(all -> all.get(2)));
            };
            Uni<List<String>> bounded = random.nextInt(4) == 0
                    ? work.ifNoItem().after(Duration.ofNanos(1 + random.nextInt(4_000_000))).fail()
                    : work.ifNoItem().after(Duration.ofSeconds(20)).fail();
            try {
                List<String> rows = bounded.await().atMost(Duration.ofSeconds(30));
                seen.addAndGet(rows.size());
                rows.stream().filter(row -> !row.equals(tenant.value()))
                        .forEach(row -> strangers.add(tenant + " saw " + row));
            } catch (RuntimeException e) {
                failed.incrementAndGet();
                String text = String.valueOf(e.getMessage());
                if (text.contains("row-level security")
                        || text.matches("(?s).*\\bt-\\d.*") && !text.contains(tenant.value())) {
                    strangers.add(tenant + " was told " + text);
                }
            }
        }
    }

    private Void kill(TenancyHarness harness, long end) throws SQLException {
        try (Connection admin = harness.plane.admin(); Statement statement = admin.createStatement()) {
            while (System.nanoTime() < end) {
                statement.execute("""
                        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                        WHERE usename = 'zeroui_product_user' ORDER BY random() LIMIT 1
                        """);
                killed.incrementAndGet();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(70));
            }
        }
        return null;
    }
}
