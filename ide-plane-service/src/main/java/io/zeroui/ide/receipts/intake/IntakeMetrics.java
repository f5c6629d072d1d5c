package io.zeroui.ide.receipts.intake;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.zeroui.contracts.receipts.RefusalReason;
import io.zeroui.ide.receipts.claims.StoredReceipt;
import io.zeroui.runtime.intake.SubmitOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Counts what comes in. */
@ApplicationScoped
public class IntakeMetrics {

    private static final Logger LOG = Logger.getLogger(IntakeMetrics.class);

    private final Counter appended;
    private final Counter deferred;
    private final Counter duplicates;
    private final Counter unavailable;
    private final Counter appendFailures;
    private final DistributionSummary batches;
    private final Map<RefusalReason, Counter> refused = new EnumMap<>(RefusalReason.class);

    IntakeMetrics(MeterRegistry meters) {
        this.appended = meters.counter("zeroui.receipts.appended");
        this.deferred = meters.counter("zeroui.receipts.deferred");
        this.duplicates = meters.counter("zeroui.receipts.duplicates");
        this.unavailable = meters.counter("zeroui.receipts.unavailable");
        this.appendFailures = meters.counter("zeroui.receipts.append.failures");
        this.batches = DistributionSummary.builder("zeroui.receipts.batch.size")
                .description("Lines checked and appended together").register(meters);
        for (RefusalReason reason : RefusalReason.values()) {
            refused.put(reason, meters.counter("zeroui.receipts.refused", "reason", reason.name()));
        }
    }

    /** Receipts made durable since the start. */
    public long appended() {
        return (long) appended.count();
    }

    /** Lines refused since the start. */
    public long refused() {
        return (long) refused.values().stream().mapToDouble(Counter::count).sum();
    }

    void count(List<SubmitOutcome<StoredReceipt>> outcomes) {
        batches.record(outcomes.size());
        outcomes.forEach(this::count);
    }

    void count(SubmitOutcome<?> outcome) {
        if (outcome instanceof SubmitOutcome.Stored<?> stored) {
            (stored.duplicate() ? duplicates : appended).increment();
            if (stored.deferred()) {
                deferred.increment();
            }
        } else if (outcome instanceof SubmitOutcome.Refused<?> no) {
            Counter counter = refused.get(no.refusal().reason());
            if (counter != null) {
                counter.increment();
            }
        } else {
            unavailable.increment();
        }
    }

    void appendFailed(Throwable failure) {
        appendFailures.increment();
        LOG.warnf("an append failed: %s", failure);
    }

    void quarantineFailed(Throwable failure) {
        LOG.errorf("a refused receipt could not be put into quarantine: %s", failure);
    }
}
