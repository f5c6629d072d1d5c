package io.zeroui.runtime.limits;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Redis;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts what tenants do, over all instances of the plane. Whose bucket it is: the tenant's of the credential; for a
 * credential without one, the tenant's that the request names, if the credential may reach every tenant with that
 * permission, and else the credential's own. So nobody uses up the tokens of a tenant that he may not reach.
 */
@ApplicationScoped
@Startup
public class RateLimits {

    private final Map<RateLimit, Rule> rules = new EnumMap<>(RateLimit.class);
    private final Map<RateLimit, Counter> limited = new EnumMap<>(RateLimit.class);
    private final SharedBuckets shared;
    private final BucketMap buckets;

    private static final class BucketMap extends LinkedHashMap<String, Bucket> {

        private static final long serialVersionUID = 1L;

        private final int most;

        BucketMap(int most) {
            super(16, 0.75f, true);
            this.most = most;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > most;
        }
    }

    /** @throws IllegalArgumentException for a rule that cannot work */
    RateLimits(Redis redis, LimitsConfig config, PlaneConfig plane, MeterRegistry meters) {
        put(RateLimit.INGEST, config.ingest());
        put(RateLimit.QUERY, config.query());
        put(RateLimit.VERIFY, config.verify());
        put(RateLimit.EXPORT, config.export());
        for (RateLimit limit : RateLimit.values()) {
            limited.put(limit, meters.counter("zeroui_rate_limited", "limit", limit.key()));
        }
        Counter failures = meters.counter("zeroui_rate_limit_redis_failures");
        this.shared = new SharedBuckets(new RedisCounters(redis, Plane.ofKey(plane.plane())), System::nanoTime,
                config.redisTimeout(), config.redisPause(), failures::increment);
        this.buckets = new BucketMap(config.bucketsMost());
        meters.gauge("zeroui_rate_limit_alone", shared, s -> s.isAway() ? 1 : 0);
    }

    /** One subject and one limit. */
    public final class Account {

        private final RateLimit limit;
        private final String subject;
        private final @Nullable Rule rule;

        private Account(RateLimit limit, String subject) {
            this.limit = limit;
            this.subject = subject;
            this.rule = rules.get(limit);
        }

        /** Takes one token if there is one; {@link Allowance#UNLIMITED} where there is no limit. Never fails. */
        public Uni<Allowance> take() {
            return rule == null ? Uni.createFrom().item(Allowance.UNLIMITED) : bucket(rule).take(1).invoke(this::count);
        }

        /** As {@link #take}, but null and nothing taken where the shared bucket must be asked: {@link #ask} must follow. */
        public @Nullable Allowance tryTake() {
            if (rule == null) {
                return Allowance.UNLIMITED;
            }
            Allowance known = bucket(rule).tryTake(1);
            if (known != null) {
                count(known);
            }
            return known;
        }

        /** Asks the shared bucket, then takes one token if there is one. Never fails. */
        public Uni<Allowance> ask() {
            return rule == null ? take() : bucket(rule).ask(1).invoke(this::count);
        }

        /** Takes tokens at once, if need be those that come later. */
        public void charge(long tokens) {
            if (rule != null && tokens > 0) {
                bucket(rule).charge(tokens);
            }
        }

        /** Completes when all that was charged has come: at once where nothing is owed. */
        public Uni<Void> settled() {
            return rule == null ? Uni.createFrom().voidItem()
                    : bucket(rule).take(0).chain(owed -> owed.allowed() ? Uni.createFrom().voidItem() : paused(owed));
        }

        private Uni<Void> paused(Allowance owed) {
            count(owed);
            Duration least = Duration.ofMillis(1);
            return Uni.createFrom().voidItem()
                    .onItem().delayIt().by(owed.waiting().compareTo(least) < 0 ? least : owed.waiting())
                    .chain(this::settled);
        }

        private void count(Allowance allowance) {
            Counter counter = limited.get(limit);
            if (!allowance.allowed() && counter != null) {
                counter.increment();
            }
        }

        private Bucket bucket(Rule known) {
            String name = limit.key() + ":" + subject;
            synchronized (buckets) {
                return buckets.computeIfAbsent(name, key -> new Bucket(key, known, shared, System::nanoTime));
            }
        }
    }

    /**
     * The account of a request.
     *
     * @param permission what the request wants of the caller, and was found to have
     * @param named the tenant that the request names, if it names one
     */
    public Account account(RateLimit limit, Caller caller, Permission permission, @Nullable String named) {
        TenantId own = caller.tenant();
        if (own != null) {
            return new Account(limit, "tenant:" + own.value());
        }
        boolean all = Permission.find(permission.text() + ":all").filter(caller::may).isPresent();
        TenantId tenant = all ? parse(named) : null;
        return new Account(limit, tenant == null ? caller.subject() : "tenant:" + tenant.value());
    }

    /** Whether there is such a limit. */
    public boolean isSet(RateLimit limit) {
        return rules.containsKey(limit);
    }

    /** Number of buckets in memory. */
    int buckets() {
        synchronized (buckets) {
            return buckets.size();
        }
    }

    private static @Nullable TenantId parse(@Nullable String named) {
        try {
            return named == null ? null : TenantId.of(named);
        } catch (IllegalArgumentException e) {
            return null; // the resource says what is wrong with it
        }
    }

    private void put(RateLimit limit, LimitsConfig.Bucket bucket) {
        if (bucket.rate() != 0) {
            rules.put(limit, Rule.of(bucket.rate(), bucket.per(), bucket.burst()));
        }
    }
}
