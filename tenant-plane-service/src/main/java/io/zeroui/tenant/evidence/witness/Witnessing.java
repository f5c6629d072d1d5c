package io.zeroui.tenant.evidence.witness;

import io.micrometer.core.instrument.MeterRegistry;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.NotVerified;
import io.zeroui.contracts.transparency.SignedNote;
import io.zeroui.contracts.transparency.VerifierKey;
import io.zeroui.contracts.witness.AddCheckpoint;
import io.zeroui.contracts.witness.WitnessRefusal;
import io.zeroui.tenant.evidence.merkle.PublishedLogs;
import io.zeroui.tenant.evidence.witness.WitnessOutcome.Conflict;
import io.zeroui.tenant.evidence.witness.WitnessOutcome.Cosigned;
import io.zeroui.tenant.evidence.witness.WitnessOutcome.Failed;
import io.zeroui.tenant.evidence.witness.WitnessOutcome.Refused;
import io.zeroui.tenant.registry.RegistryMirror;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** Which log is offered to which witness, and what comes of the answers. Blocking but for the figures. */
@ApplicationScoped
public class Witnessing {

    /** The witness of the bus, as it is called here; those outside are called by their keys. */
    public static final String BUS = "product";

    private static final Logger LOG = Logger.getLogger(Witnessing.class);

    private final PublishedLogs logs;
    private final CosignedFiles files;
    private final RegistryMirror registry;
    private final WitnessingConfig config;
    private final Clock clock;
    private final Map<Pair, Progress> progress = new ConcurrentHashMap<>();

    Witnessing(PublishedLogs logs, CosignedFiles files, RegistryMirror registry, WitnessingConfig config, Clock clock,
            MeterRegistry metrics) {
        this.logs = logs;
        this.registry = registry;
        this.files = files;
        this.config = config;
        this.clock = clock;
        metrics.gauge("zeroui_witness_lag_lines", this, Witnessing::lag);
        metrics.gauge("zeroui_witness_refused", this, Witnessing::refused);
    }

    private record Pair(TenantId tenant, String witness) {
    }

    /**
     * Somebody must look.
     *
     * @param witness who refuses: {@code product}, or a verifier key
     * @param reason why, for programs
     * @param detail why, for people
     */
    public record Refusal(String witness, String reason, String detail) {
    }

    /**
     * What should be offered to a witness now, at most {@link WitnessingConfig#offersMost()}; each counts as made.
     *
     * @param patience how long until it is offered again if nothing is answered
     */
    public List<LogOffer> due(String witness, Duration patience) {
        Instant now = clock.instant();
        List<LogOffer> offers = new ArrayList<>();
        for (Map.Entry<TenantId, Long> log : logs.sizes().entrySet()) {
            if (registry.known().tenants().get(log.getKey()) == RegistryState.DELETED) {
                continue; // its log stays as it is, and nobody cosigns it
            }
            Progress known = progress(log.getKey(), witness);
            if (offers.size() < config.offersMost() && known.isDue(log.getValue(), now)) {
                known.offered(now, patience, config.retryMost());
                offer(log.getKey(), known).ifPresent(offers::add);
            }
        }
        return offers;
    }

    /** Takes what a witness made of an offer. Whatever it is, it changes nothing that is true. */
    public void take(TenantId tenant, String witness, WitnessOutcome outcome) throws IOException {
        Progress known = progress(tenant, witness);
        Instant soon = clock.instant().plus(config.pause());
        if (outcome instanceof Cosigned cosigned) {
            cosigned(tenant, witness, known, cosigned, soon);
        } else if (outcome instanceof Conflict conflict) {
            long size = logs.checkpoint(tenant).map(note -> Checkpoint.parse(note.text()).size()).orElse(0L);
            if (known.conflict(conflict.knownSize(), size, soon)) {
                tell(tenant, witness, known);
            }
        } else if (outcome instanceof Refused refused) {
            Duration pause = refused.refusal() == WitnessRefusal.NO_WITNESS ? config.retryMost() : config.refusedRetry();
            if (known.refused(refused, clock.instant().plus(pause))) {
                tell(tenant, witness, known);
            }
        } else if (outcome instanceof Failed failed) {
            LOG.debugf("the witness %s does not answer for the log of %s: %s", witness, tenant, failed.reason());
        }
    }

    /** Cosigned checkpoints of a log, of every witness the largest. */
    List<SignedNote> cosigned(TenantId tenant) throws IOException {
        return files.list(tenant);
    }

    /** Who refuses a log. */
    List<Refusal> refusals(TenantId tenant) {
        List<Refusal> refusals = new ArrayList<>();
        progress.forEach((pair, known) -> {
            Refused refusal = known.refusal();
            if (pair.tenant().equals(tenant) && refusal != null) {
                refusals.add(new Refusal(pair.witness(), refusal.refusal().key(), refusal.detail()));
            }
        });
        return refusals;
    }

    /** Lines in checkpoints that the witness of the bus has not cosigned, over all tenants. */
    public long lag() {
        return logs.sizes().entrySet().stream().mapToLong(log -> {
            Progress known = progress.get(new Pair(log.getKey(), BUS));
            return Math.max(0, log.getValue() - (known == null ? 0 : known.cosigned()));
        }).sum();
    }

    /** Refusals of witnesses that somebody must look at. */
    public long refused() {
        return progress.values().stream().filter(known -> known.refusal() != null).count();
    }

    private void cosigned(TenantId tenant, String witness, Progress known, Cosigned cosigned, Instant soon)
            throws IOException {
        Optional<SignedNote> own = logs.earlier(tenant, cosigned.size(), cosigned.rootHash());
        if (own.isEmpty()) {
            LOG.warnf("the witness %s cosigned what the log of %s never was, size %d", witness, tenant, cosigned.size());
            return;
        }
        try {
            SignedNote note = own.get().with(cosigned.signature());
            if (cosigned.witness().type() != VerifierKey.COSIGNATURE_V1 || !cosigned.witness().isNamedBy(cosigned.signature())) {
                throw new IllegalArgumentException("the signature is not by " + cosigned.witness());
            }
            var unused = note.verify(List.of(cosigned.witness()));
            files.keep(tenant, cosigned.witness(), note);
            known.cosigned(cosigned.size(), soon);
        } catch (NotVerified | IllegalArgumentException e) {
            LOG.warnf("a cosignature of the witness %s for the log of %s does not hold: %s", witness, tenant, e.getMessage());
        }
    }

    private void tell(TenantId tenant, String witness, Progress known) {
        Refused why = known.refusal();
        if (why != null) {
            LOG.errorf("the witness %s does not cosign the log of %s: %s (%s)", witness, tenant, why.detail(),
                    why.refusal().key());
        }
    }

    /** A log that cannot be read has no offer; the log's own status says so. */
    private Optional<LogOffer> offer(TenantId tenant, Progress known) {
        try {
            Optional<SignedNote> note = logs.checkpoint(tenant);
            Optional<VerifierKey> key = logs.key(tenant);
            if (note.isEmpty() || key.isEmpty()) {
                return Optional.empty();
            }
            Checkpoint last = Checkpoint.parse(note.get().text());
            long from = Math.min(known.known(), last.size());
            AddCheckpoint request = new AddCheckpoint(from, logs.consistency(tenant, last, from, last.size()), note.get());
            return Optional.of(new LogOffer(tenant, key.get(), request, last));
        } catch (IOException | IllegalArgumentException e) {
            LOG.warnf("the log of %s cannot be offered to its witnesses: %s", tenant, e);
            return Optional.empty();
        }
    }

    private Progress progress(TenantId tenant, String witness) {
        return progress.computeIfAbsent(new Pair(tenant, witness), pair -> begin(tenant, witness));
    }

    /**
     * What the files say. The key of the witness of the bus is not known at the start, so it is asked once; and so is one that
     * has cosigned more than there is, for it to say so.
     */
    private Progress begin(TenantId tenant, String witness) {
        long size = logs.sizes().getOrDefault(tenant, 0L);
        try {
            List<SignedNote> kept = witness.equals(BUS) ? files.list(tenant)
                    : files.find(tenant, VerifierKey.parse(witness)).stream().toList();
            long stored = kept.stream().mapToLong(note -> Checkpoint.parse(note.text()).size()).max().orElse(0);
            return new Progress(witness.equals(BUS) || stored > size ? 0 : stored, Math.min(stored, size));
        } catch (IOException e) {
            LOG.warnf("what the witness %s cosigned of the log of %s cannot be read: %s", witness, tenant, e);
            return new Progress(0, 0);
        }
    }
}
