package io.zeroui.tenant.evidence;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Inspection;
import io.zeroui.contracts.receipts.ReceiptHeader;
import io.zeroui.contracts.receipts.ReceiptInspector;
import io.zeroui.contracts.receipts.ReceiptLine;
import io.zeroui.contracts.receipts.Refusal;
import io.zeroui.contracts.receipts.RefusalReason;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.KeyObjection;
import io.zeroui.contracts.signature.TrustStore;
import io.zeroui.runtime.outbox.DeliveryAcks.Delivered;
import io.zeroui.runtime.streams.StreamEntry;
import io.zeroui.tenant.evidence.Screened.Candidate;
import io.zeroui.tenant.evidence.Screened.Refused;
import io.zeroui.tenant.evidence.Screened.Unroutable;
import io.zeroui.tenant.evidence.deadletters.DeadLetter;
import io.zeroui.tenant.evidence.journal.Arrival;
import io.zeroui.tenant.evidence.trust.EmitterKeys;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Checks what came as if nobody had before: shape, metadata-only rule, signature, whose receipt it is, and
 * whose key. On the workers, a batch in as many parts as there are cores.
 */
@ApplicationScoped
class ReceiptScreening {

    private static final int MIN_PART = 32;
    private static final int MAX_VOUCHED_KEYS = 10_000;

    private final EmitterKeys keys;
    private final EvidenceWorkers workers;
    private final Clock clock;
    private final ReceiptInspector inspector = ReceiptInspector.withDefaults();
    /** Keys that edges vouch for, by their base64: preparing one costs as much as a verification. */
    private final Map<String, Ed25519PublicKey> vouchedKeys = new ConcurrentHashMap<>();

    ReceiptScreening(EmitterKeys keys, EvidenceWorkers workers, Clock clock) {
        this.keys = keys;
        this.workers = workers;
        this.clock = clock;
    }

    /** The verdicts, in the order of the entries. */
    Uni<List<Screened>> screen(List<StreamEntry> entries) {
        return inParts(entries, this::screen);
    }

    /** The verdicts on lines that arrive now over HTTP, in their order; the credential says whose they are. */
    Uni<List<Screened>> screen(TenantId tenant, List<byte[]> lines, Instant now) {
        TrustStore trusted = keys.of(tenant);
        return inParts(lines, line -> screen(tenant, line, trusted, now));
    }

    private <T> Uni<List<Screened>> inParts(List<T> all, Function<T, Screened> screen) {
        if (all.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        int cores = Runtime.getRuntime().availableProcessors();
        int part = Math.max(MIN_PART, (all.size() + cores - 1) / cores);
        List<Uni<List<Screened>>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += part) {
            List<T> some = all.subList(from, Math.min(all.size(), from + part));
            parts.add(workers.run(() -> some.stream().map(screen).toList()));
        }
        return Uni.join().all(parts).andFailFast().map(found -> found.stream().flatMap(List::stream).toList());
    }

    private Screened screen(TenantId tenant, byte[] line, TrustStore trusted, Instant now) {
        Inspection inspection = inspector.inspect(line, trusted, now);
        if (inspection instanceof Inspection.Refused refused) {
            return new Refused(DeadLetter.fromHttp(tenant, refused.refusal(), line));
        }
        ReceiptLine receipt = ((Inspection.Accepted) inspection).line();
        Refusal mismatch = mismatch(tenant, receipt.header());
        return mismatch == null ? new Candidate(tenant, new Arrival(receipt, null), null, DeadLetter.Source.HTTP)
                : new Refused(DeadLetter.fromHttp(tenant, mismatch, line));
    }

    /** The receipt must not say that it is another tenant's, by its tenant or by the repository of the system's own probes. */
    private static @Nullable Refusal mismatch(TenantId tenant, ReceiptHeader header) {
        TenantId named = header.tenantId();
        if (named != null && !named.equals(tenant)) {
            return new Refusal(RefusalReason.TENANT_MISMATCH, "the receipt names another tenant than the request is for",
                    "/tenant_id");
        }
        return RepoId.SELFCHECK.equals(header.repoId()) == TenantId.SELFCHECK.equals(tenant) ? null
                : new Refusal(RefusalReason.TENANT_MISMATCH, "tenant and repository " + TenantId.SELFCHECK
                        + " belong together and to nobody else", "/actor/repo_id");
    }

    private Screened screen(StreamEntry entry) {
        EventEnvelope event = entry.event();
        if (!EventEnvelope.RECEIPT_SUBMITTED.equals(event.type())) {
            return new Unroutable(entry, "not a receipt event: " + event.type());
        }
        TenantId tenant = event.tenantId();
        if (tenant == null) {
            return new Unroutable(entry, RefusalReason.TENANT_ID_MISSING.name());
        }
        Delivered origin = origin(event);
        KeyChoice choice = new KeyChoice(keys.of(tenant), vouched(event));
        Inspection inspection = inspector.inspectStored(event.data(), choice, clock.instant());
        if (choice.conflict != null) {
            return refused(tenant, event, origin, Refusal.of(RefusalReason.KID_CONFLICT,
                    "the tenant knows another key as " + choice.conflict.value()));
        }
        if (inspection instanceof Inspection.Refused refused) {
            return refused(tenant, event, origin, refused.refusal());
        }
        var line = ((Inspection.Accepted) inspection).line();
        TenantId named = line.header().tenantId();
        if (named != null && !named.equals(tenant)) {
            return refused(tenant, event, origin, new Refusal(RefusalReason.TENANT_MISMATCH,
                    "the receipt names another tenant than the edge it came from", "/tenant_id"));
        }
        return new Candidate(tenant, new Arrival(line, origin), choice.used, DeadLetter.Source.BUS);
    }

    private static Screened refused(TenantId tenant, EventEnvelope event, @Nullable Delivered origin, Refusal refusal) {
        return new Refused(DeadLetter.fromBus(tenant, refusal, event.data(), origin));
    }

    /** The row of the edge's outbox; null where the event does not say it properly: then nobody can be told. */
    static @Nullable Delivered origin(EventEnvelope event) {
        try {
            EdgeId edge = EdgeId.of(event.requireExtension(EventEnvelope.EDGE_ID));
            Delivered origin = Delivered.of(edge.value(), event);
            return origin.sequence() < 0 || origin.epoch().length() > 64 ? null : origin;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private @Nullable Ed25519PublicKey vouched(EventEnvelope event) {
        String base64 = event.extension(EventEnvelope.EMITTER_KEY);
        if (base64 == null) {
            return null;
        }
        Ed25519PublicKey known = vouchedKeys.get(base64);
        if (known != null) {
            return known;
        }
        try {
            Ed25519PublicKey key = Ed25519PublicKey.ofBase64(base64);
            if (vouchedKeys.size() >= MAX_VOUCHED_KEYS) {
                vouchedKeys.clear();
            }
            vouchedKeys.put(base64, key);
            return key;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The tenant's own key wins over the one that the edge vouches for; that they differ is noticed. */
    private static final class KeyChoice implements TrustStore {
        private final TrustStore tenantKeys;
        private final @Nullable Ed25519PublicKey vouched;
        private @Nullable Ed25519PublicKey used;
        private @Nullable Kid conflict;

        KeyChoice(TrustStore tenantKeys, @Nullable Ed25519PublicKey vouched) {
            this.tenantKeys = tenantKeys;
            this.vouched = vouched;
        }

        @Override
        public @Nullable Ed25519PublicKey find(Kid kid) {
            Ed25519PublicKey known = tenantKeys.find(kid);
            if (known == null) {
                used = vouched;
                return vouched;
            }
            conflict = vouched == null || vouched.equals(known) ? null : kid;
            return known;
        }

        @Override
        public @Nullable KeyObjection objection(Kid kid, Ed25519PublicKey key, Instant takenIn) {
            return tenantKeys.objection(kid, key, takenIn);
        }
    }
}
