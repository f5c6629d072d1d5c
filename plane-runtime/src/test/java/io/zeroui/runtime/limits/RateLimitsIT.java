package io.zeroui.runtime.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.limits.RateLimits.Account;
import io.zeroui.runtime.security.Caller;
import io.zeroui.runtime.streams.StreamHarness;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Instances of a plane on the real Redis, each with the login that its plane has. */
class RateLimitsIT {

    private static final Duration WAIT = Duration.ofSeconds(30);
    /** So slow that no token comes back while a test runs. */
    private static final Map<String, String> QUERY_20_AT_ONCE = Map.of("zeroui.limits.query.rate", "1",
            "zeroui.limits.query.per", "PT10M", "zeroui.limits.query.burst", "20");

    private final RealRuntime runtime = RealRuntime.with(RuntimePart.REDIS);
    private final Vertx vertx = Vertx.vertx();
    private final List<Redis> clients = new ArrayList<>();

    @BeforeEach
    void empty() {
        runtime.flushRedis();
    }

    @AfterEach
    void close() {
        clients.forEach(Redis::close);
        vertx.closeAndAwait();
    }

    @ParameterizedTest
    @EnumSource(Plane.class)
    void twoInstancesShareATenantsTokensWithTheLoginOfTheirPlane(Plane plane) {
        Account one = account(instance(plane, QUERY_20_AT_ONCE), "acme");
        Account two = account(instance(plane, QUERY_20_AT_ONCE), "acme");

        assertThat(takenAtTheSameTime(one, two)).isEqualTo(20);
        try (var redis = runtime.redis()) {
            String key = "zeroui:" + plane.key() + ":limits:query:tenant:acme";
            assertThat(redis.exists(key)).isTrue();
            assertThat(redis.pttl(key)).as("ends when the bucket is whole").isBetween(1L, Duration.ofMinutes(200).toMillis());
        }
    }

    @Test
    void anotherTenantAndAnotherLimitAreNotAffected() {
        RateLimits instance = instance(Plane.TENANT, QUERY_20_AT_ONCE);
        assertThat(taken(account(instance, "acme"), 30)).isEqualTo(20);

        assertThat(taken(account(instance, "other"), 15)).isEqualTo(15);
        assertThat(taken(instance.account(RateLimit.EXPORT, caller("acme"), Permission.EVIDENCE_READ, null), 10)).isEqualTo(10);
    }

    @Test
    void withoutRedisEachInstanceCountsAloneAndThenTogetherAgain() {
        MeterRegistry meters = new SimpleMeterRegistry();
        RateLimits first = instance(Plane.TENANT, QUERY_20_AT_ONCE, meters);
        RateLimits second = instance(Plane.TENANT, QUERY_20_AT_ONCE);
        assertThat(taken(account(first, "before"), 1)).isEqualTo(1);
        runtime.kill(RuntimePart.REDIS);
        try {
            assertThat(taken(account(first, "acme"), 100)).isEqualTo(20);
            assertThat(taken(account(second, "acme"), 100)).isEqualTo(20);
            assertThat(meters.get("zeroui_rate_limit_alone").gauge().value()).isEqualTo(1);
            assertThat(meters.get("zeroui_rate_limit_redis_failures").counter().count()).isBetween(1.0, 30.0);
            assertThat(meters.get("zeroui_rate_limited").tag("limit", "query").counter().count()).isEqualTo(80);
        } finally {
            runtime.start(RuntimePart.REDIS);
        }
        await().atMost(WAIT).until(() -> {
            assertThat(taken(account(first, "probe"), 1)).isNotNegative();
            return meters.get("zeroui_rate_limit_alone").gauge().value() == 0;
        });
        RateLimits third = instance(Plane.TENANT, QUERY_20_AT_ONCE);
        assertThat(takenAtTheSameTime(account(first, "later"), account(third, "later"))).isEqualTo(20);
    }

    @Test
    void aPausedStreamGoesOnWhenItsTokensCame() {
        Account stream = account(instance(Plane.IDE, Map.of("zeroui.limits.query.rate", "200",
                "zeroui.limits.query.burst", "20")), "acme");
        stream.charge(60);

        Uni<Void> settled = stream.settled();
        assertThat(settled.subscribeAsCompletionStage()).isNotDone();
        settled.await().atMost(WAIT);
    }

    @Test
    void whereThereIsNoLimitNothingIsCounted() {
        Account account = account(instance(Plane.TENANT, Map.of("zeroui.limits.query.rate", "0")), "acme");
        account.charge(1_000_000);
        account.settled().await().atMost(WAIT);

        assertThat(taken(account, 1_000)).isEqualTo(1_000);
        assertThat(account.take().await().atMost(WAIT).isLimited()).isFalse();
        try (var redis = runtime.redis()) {
            assertThat(redis.keys("zeroui:tenant:limits:*")).isEmpty();
        }
    }

    @Test
    void whoNamesATenantUsesItsTokensOnlyIfHeMayReachIt() {
        RateLimits instance = instance(Plane.TENANT, QUERY_20_AT_ONCE);
        Caller all = new Caller("key:all", null, Set.of(Permission.EVIDENCE_READ, Permission.EVIDENCE_READ_ALL));
        Caller none = new Caller("key:none", null, Set.of(Permission.EVIDENCE_READ));

        assertThat(taken(named(instance, none, "acme"), 30)).isEqualTo(20);
        assertThat(taken(named(instance, caller("other"), "acme"), 30)).isEqualTo(20);
        assertThat(taken(named(instance, all, "../no tenant"), 30)).as("per credential").isEqualTo(20);
        assertThat(taken(named(instance, all, "acme"), 15)).isEqualTo(15);
        assertThat(taken(account(instance, "acme"), 30)).isEqualTo(5);
    }

    @Test
    void manyTenantsDoNotFillTheMemory() {
        Map<String, String> few = new HashMap<>(QUERY_20_AT_ONCE);
        few.put("zeroui.limits.buckets-most", "50");
        RateLimits instance = instance(Plane.TENANT, few);
        assertThat(taken(account(instance, "acme"), 30)).isEqualTo(20);

        for (int i = 0; i < 200; i++) {
            assertThat(taken(account(instance, "tenant-" + i), 1)).isEqualTo(1);
        }
        assertThat(instance.buckets()).isEqualTo(50);
        assertThat(taken(account(instance, "acme"), 30)).as("forgotten here and not in Redis").isZero();
    }

    private RateLimits instance(Plane plane, Map<String, String> settings) {
        return instance(plane, settings, new SimpleMeterRegistry());
    }

    private RateLimits instance(Plane plane, Map<String, String> settings, MeterRegistry meters) {
        Map<String, String> all = new HashMap<>(Map.of("zeroui.limits.ingest.rate", "0", "zeroui.limits.ingest.burst", "1",
                "zeroui.limits.verify.rate", "0", "zeroui.limits.verify.burst", "1", "zeroui.limits.export.rate", "5",
                "zeroui.limits.export.per", "PT1M", "zeroui.limits.export.burst", "10",
                "zeroui.limits.query.burst", "20", "zeroui.limits.redis-timeout", "PT2S"));
        all.putAll(settings);
        Redis redis = Redis.createClient(vertx, new RedisOptions().setConnectionString(runtime.redisUrl(plane))
                .setMaxPoolSize(8).setMaxPoolWaiting(256));
        clients.add(redis);
        return new RateLimits(redis, StreamHarness.config(LimitsConfig.class, all),
                StreamHarness.config(PlaneConfig.class, Map.of("zeroui.plane", plane.key())), meters);
    }

    private static Account account(RateLimits limits, String tenant) {
        return named(limits, caller(tenant), null);
    }

    private static Account named(RateLimits limits, Caller caller, String tenant) {
        return limits.account(RateLimit.QUERY, caller, Permission.EVIDENCE_READ, tenant);
    }

    private static Caller caller(String tenant) {
        return new Caller("key:of-" + tenant, TenantId.of(tenant), Set.of(Permission.EVIDENCE_READ));
    }

    private static int taken(Account account, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += account.take().await().atMost(WAIT).allowed() ? 1 : 0;
        }
        return taken;
    }

    private static long takenAtTheSameTime(Account one, Account two) {
        List<Uni<Allowance>> requests = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            requests.add(one.take());
            requests.add(two.take());
        }
        return Uni.join().all(requests).andFailFast().await().atMost(WAIT).stream().filter(Allowance::allowed).count();
    }
}
