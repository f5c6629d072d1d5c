package io.zeroui.tenant.evidence;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Refusal;
import io.zeroui.contracts.receipts.RefusalReason;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.runtime.streams.StreamEntry;
import io.zeroui.runtime.streams.TransientFailure;
import io.zeroui.runtime.tenancy.Homes;
import io.zeroui.tenant.evidence.deadletters.DeadLetter;
import io.zeroui.tenant.registry.KnownRegistry;
import io.zeroui.tenant.registry.RegistryConfig;
import io.zeroui.tenant.registry.RegistryConfig.UnenrolledEdges;
import io.zeroui.tenant.registry.RegistryMirror;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets receipts in whose tenant is active and whose edge is enrolled for it: who it says it is counts only as far as the stream
 * allows by which it came, because an edge's login reaches no other tenant's. What belongs to a suspended, deleted or unknown
 * tenant goes to a dead-letter folder. Nobody is called unknown before the registry has said so: a tenant may have been made
 * a moment ago. Until then its receipts are held back: they are not acknowledged, so their edge sends them again.
 * Made at the start, so that its counter can be asked for before the first receipt.
 */
@Startup
@ApplicationScoped
class TenantAdmission {

    private final RegistryMirror registry;
    private final Homes homes;
    private final boolean takesUnenrolled;
    private final Clock clock;
    private final Counter held;

    TenantAdmission(RegistryMirror registry, Homes homes, RegistryConfig config, Clock clock, MeterRegistry metrics) {
        this.registry = registry;
        this.homes = homes;
        this.takesUnenrolled = config.unenrolledEdges() == UnenrolledEdges.ACCEPT;
        this.clock = clock;
        this.held = metrics.counter("zeroui_ledger_held_receipts");
    }

    /**
     * A batch by what may be done with it.
     *
     * @param admitted may be checked further
     * @param refused go to a dead-letter folder
     * @param held are not acknowledged
     */
    record Admitted(List<StreamEntry> admitted, List<DeadLetter> refused, List<StreamEntry> held) {
    }

    /** Fails with {@link TransientFailure} while nothing at all is known of the registry. */
    Uni<Admitted> admit(List<StreamEntry> entries) {
        return byRegistry(entries).map(this::holdingUnreachable);
    }

    /** A tenant whose own database does not answer waits alone: what it sent comes again. */
    private Admitted holdingUnreachable(Admitted by) {
        List<StreamEntry> waiting = by.admitted().stream().filter(entry -> !isReachable(entry.event().tenantId())).toList();
        if (waiting.isEmpty()) {
            return by;
        }
        held.increment(waiting.size());
        List<StreamEntry> admitted = by.admitted().stream().filter(entry -> isReachable(entry.event().tenantId())).toList();
        return new Admitted(admitted, by.refused(), Stream.concat(by.held().stream(), waiting.stream()).toList());
    }

    /**
     * The same for what comes over HTTP, where the credential says whose it is and there is no edge: why it is refused, or
     * empty. Fails with {@link TransientFailure} where that cannot be said now.
     */
    Uni<Optional<Refused>> admit(TenantId tenant) {
        if (!isReachable(tenant)) {
            return Uni.createFrom().failure(new TransientFailure("the tenant's database does not answer"));
        }
        Refused refused = ofTenant(registry.known(), tenant);
        if (refused == null || !refused.isUnknown()) {
            return Uni.createFrom().item(Optional.ofNullable(refused));
        }
        Instant asked = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return registry.knownAfresh().map(known -> {
            Refused later = ofTenant(known, tenant);
            if (later != null && later.isUnknown() && (!known.isKnown() || known.confirmedAt().isBefore(asked))) {
                throw new TransientFailure("whether there is such a tenant is not known yet");
            }
            return Optional.ofNullable(later);
        });
    }

    private boolean isReachable(@Nullable TenantId tenant) {
        return tenant == null || homes.of(tenant).isReady();
    }

    private Uni<Admitted> byRegistry(List<StreamEntry> entries) {
        Admitted now = judge(entries, registry.known(), false);
        if (now.held().isEmpty()) {
            return Uni.createFrom().item(now);
        }
        Instant asked = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return registry.knownAfresh().map(known -> {
            if (!known.isKnown()) {
                throw new TransientFailure("which tenants there are is not known yet");
            }
            Admitted later = judge(entries, known, !known.confirmedAt().isBefore(asked));
            held.increment(later.held().size());
            return later;
        });
    }

    private Admitted judge(List<StreamEntry> entries, KnownRegistry known, boolean isAfresh) {
        Admitted result = new Admitted(new ArrayList<>(entries.size()), new ArrayList<>(), new ArrayList<>());
        for (StreamEntry entry : entries) {
            TenantId tenant = entry.event().tenantId();
            if (tenant == null) {
                result.admitted().add(entry);
                continue;
            }
            EdgeId edge = edge(entry.event());
            Refused refused = refusal(known, entry.requireScope().tenant(), tenant, edge);
            if (refused == null) {
                result.admitted().add(entry);
            } else if (refused.isUnknown() && !isAfresh) {
                result.held().add(entry);
            } else {
                result.refused().add(DeadLetter.fromBus(refused.folder(), refused.refusal(), entry.event().data(),
                        ReceiptScreening.origin(entry.event())));
            }
        }
        return result;
    }

    /** Why, in whose folder, and whether a newer registry could say otherwise. */
    record Refused(Refusal refusal, TenantId folder, boolean isUnknown) {
    }

    /** @param owner whose stream it came by; null for that of edges that nobody enrolled */
    private @Nullable Refused refusal(KnownRegistry known, @Nullable TenantId owner, TenantId named, @Nullable EdgeId edge) {
        Refused ofEdge = owner == null ? ofOpenStream(known, named, edge) : ofStreamOf(owner, known, named, edge);
        return ofEdge == null ? ofTenant(known, named) : ofEdge;
    }

    /** By a tenant's stream come receipts of that tenant, of edges that are enrolled for it; else it keeps them itself. */
    private static @Nullable Refused ofStreamOf(TenantId owner, KnownRegistry known, TenantId named, @Nullable EdgeId edge) {
        boolean isKnown = known.tenants().containsKey(owner);
        TenantId folder = isKnown ? owner : TenantId.UNKNOWN;
        if (!named.equals(owner) && !TenantId.SELFCHECK.equals(named)) {
            return new Refused(Refusal.of(RefusalReason.TENANT_MISMATCH,
                    "a receipt as " + named + "'s came by the stream of " + owner), folder, !isKnown);
        }
        KnownRegistry.Enrolment enrolment = edge == null ? null : known.edges().get(edge);
        if (enrolment == null || !enrolment.tenant().equals(owner)) {
            return new Refused(Refusal.of(RefusalReason.EDGE_NOT_ENROLLED, "the edge " + edge + " is not enrolled for " + owner),
                    folder, !isKnown || enrolment == null && edge != null);
        }
        return enrolment.state() == RegistryState.ACTIVE ? null : notActive(edge, enrolment);
    }

    private @Nullable Refused ofOpenStream(KnownRegistry known, TenantId named, @Nullable EdgeId edge) {
        KnownRegistry.Enrolment enrolment = edge == null ? null : known.edges().get(edge);
        if (enrolment == null) {
            return takesUnenrolled ? null : new Refused(Refusal.of(RefusalReason.EDGE_NOT_ENROLLED,
                    "the edge " + edge + " is not in the registry"), TenantId.UNKNOWN, true);
        }
        if (enrolment.state() != RegistryState.ACTIVE) {
            return notActive(edge, enrolment);
        }
        return enrolment.tenant().equals(named) || TenantId.SELFCHECK.equals(named) ? null
                : new Refused(Refusal.of(RefusalReason.EDGE_NOT_ENROLLED, "the edge " + edge + " is enrolled for "
                        + enrolment.tenant() + " and sent a receipt as " + named + "'s"), enrolment.tenant(), false);
    }

    private static Refused notActive(@Nullable EdgeId edge, KnownRegistry.Enrolment enrolment) {
        return new Refused(Refusal.of(RefusalReason.EDGE_NOT_ENROLLED, "the edge " + edge + " is " + enrolment.state().key()),
                enrolment.tenant(), false);
    }

    private static @Nullable Refused ofTenant(KnownRegistry known, TenantId tenant) {
        RegistryState state = known.tenants().get(tenant);
        if (state == null) {
            return new Refused(Refusal.of(RefusalReason.TENANT_UNKNOWN, "the tenant " + tenant + " is not in the registry"),
                    TenantId.UNKNOWN, true);
        }
        return switch (state) {
            case ACTIVE -> null;
            case SUSPENDED -> new Refused(Refusal.of(RefusalReason.TENANT_SUSPENDED, "the tenant is suspended"), tenant, false);
            case DELETED -> new Refused(Refusal.of(RefusalReason.TENANT_DELETED, "the tenant is deleted"), tenant, false);
        };
    }

    private static @Nullable EdgeId edge(EventEnvelope event) {
        String edge = event.extension(EventEnvelope.EDGE_ID);
        try {
            return edge == null ? null : EdgeId.of(edge);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
