package io.zeroui.runtime.policy.bundles;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.limits.Bulkhead;
import io.zeroui.runtime.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * Answers who fetches a bundle: with it, with 304 where he has it, or, where he would wait, when it is another one or his time is over. Callers
 * that wait hold no thread, and there are so many of them and no more.
 */
@ApplicationScoped
public class BundleAnswers {

    private final BundleConfig config;
    private final Clock clock;
    private final Bulkhead places;
    private final Map<TenantId, Tenant> tenants = new HashMap<>();

    BundleAnswers(BundleConfig config, Clock clock) {
        this.config = config;
        this.clock = clock;
        this.places = new Bulkhead(config.waitingOfTenant(), config.waiting());
    }

    /** Of one tenant: how often something changed, and who waits for that. */
    private static final class Tenant {
        private long changes;
        private Set<UniEmitter<? super Boolean>> waiting = new LinkedHashSet<>();
    }

    /**
     * A bundle and how long it will be that one.
     *
     * @param holdsUntil when it will be another one though no release comes; null for never
     */
    public record Present(PolicyBundle bundle, @Nullable Instant holdsUntil) {

        /**
         * The bundle of a plan.
         *
         * @param freshUntil when the release will be stale if nobody says again that it is the newest
         */
        public static Present of(PolicyBundle bundle, BundlePlan plan, @Nullable Instant freshUntil) {
            return new Present(bundle, plan.holdsUntil(freshUntil));
        }
    }

    /**
     * What a request gets.
     *
     * @param known the header {@code If-None-Match}
     * @param prefer the header {@code Prefer}; how long the caller would wait is in it
     * @param present what there is, at every time that it is subscribed to
     * @return fails with a {@link ProblemException} 503 when too many wait, and with what {@code present} fails with
     */
    public Uni<RestResponse<byte[]>> answer(TenantId tenant, @Nullable String known, @Nullable String prefer, Supplier<Uni<Present>> present) {
        Duration wait = PreferHeader.wait(prefer, config.waitMost());
        return Uni.createFrom().deferred(() -> {
            Instant until = clock.instant().plus(wait);
            return look(new Asked(tenant, known, until, present), false);
        });
    }

    private record Asked(TenantId tenant, @Nullable String known, Instant until, Supplier<Uni<Present>> present) {
    }

    private Uni<RestResponse<byte[]>> look(Asked asked, boolean hasPlace) {
        long seen = changes(asked.tenant());
        return asked.present().get().chain(now -> {
            if (!isKnown(asked.known(), now.bundle().etag())) {
                return Uni.createFrom().item(whole(now.bundle()));
            }
            Duration left = Duration.between(clock.instant(), asked.until());
            if (left.isZero() || left.isNegative()) {
                return Uni.createFrom().item(notModified(now.bundle()));
            }
            Uni<RestResponse<byte[]>> later = pause(asked.tenant(), seen, shorter(left, now.holdsUntil())).chain(() -> look(asked, true));
            return hasPlace ? later : inPlace(asked.tenant(), later);
        });
    }

    private Uni<RestResponse<byte[]>> inPlace(TenantId tenant, Uni<RestResponse<byte[]>> later) {
        if (!places.tryTake(tenant.value())) {
            throw new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "Too many callers wait for bundles");
        }
        return later.onTermination().invoke(() -> places.giveBack(tenant.value()));
    }

    private Duration shorter(Duration left, @Nullable Instant holdsUntil) {
        if (holdsUntil == null) {
            return left;
        }
        Duration holds = Duration.between(clock.instant(), holdsUntil).plusMillis(1);
        Duration atLeast = holds.isNegative() || holds.isZero() ? Duration.ofMillis(1) : holds;
        return atLeast.compareTo(left) < 0 ? atLeast : left;
    }

    /** Ends when something changed since it was looked, or after that time. */
    private Uni<Void> pause(TenantId tenant, long seen, Duration most) {
        return Uni.createFrom().<Boolean> emitter(emitter -> enter(tenant, seen, emitter))
                .ifNoItem().after(most).recoverWithItem(Boolean.FALSE)
                .replaceWithVoid();
    }

    private void enter(TenantId tenant, long seen, UniEmitter<? super Boolean> emitter) {
        boolean changed;
        synchronized (this) {
            Tenant of = tenants.computeIfAbsent(tenant, any -> new Tenant());
            changed = of.changes != seen;
            if (!changed) {
                of.waiting.add(emitter);
                emitter.onTermination(() -> leave(of, emitter));
            }
        }
        if (changed) {
            emitter.complete(true);
        }
    }

    private synchronized void leave(Tenant of, UniEmitter<? super Boolean> emitter) {
        of.waiting.remove(emitter);
    }

    private synchronized long changes(TenantId tenant) {
        Tenant of = tenants.get(tenant);
        return of == null ? 0 : of.changes;
    }

    /** Says that a tenant's policies may be others now; wakes who waits for them. */
    public void changed(TenantId tenant) {
        List<UniEmitter<? super Boolean>> woken;
        synchronized (this) {
            Tenant of = tenants.computeIfAbsent(tenant, any -> new Tenant());
            of.changes++;
            woken = List.copyOf(of.waiting);
            of.waiting.clear();
        }
        woken.forEach(emitter -> emitter.complete(true));
    }

    private static boolean isKnown(@Nullable String known, String etag) {
        return known != null && Arrays.stream(known.split(",")).map(String::strip).anyMatch(one -> one.equals("*") || one.equals(etag)
                || one.equals("W/" + etag));
    }

    private static RestResponse<byte[]> whole(PolicyBundle bundle) {
        return RestResponse.ResponseBuilder.ok(bundle.bytes()).header(HttpHeaders.CONTENT_TYPE, PolicyBundle.MEDIA_TYPE)
                .header(HttpHeaders.ETAG, bundle.etag()).build();
    }

    /** Older OPAs look at the type of this answer too, to see whether they may wait again. */
    private static RestResponse<byte[]> notModified(PolicyBundle bundle) {
        return RestResponse.ResponseBuilder.<byte[]> create(RestResponse.Status.NOT_MODIFIED)
                .header(HttpHeaders.CONTENT_TYPE, PolicyBundle.MEDIA_TYPE).header(HttpHeaders.ETAG, bundle.etag()).build();
    }
}
