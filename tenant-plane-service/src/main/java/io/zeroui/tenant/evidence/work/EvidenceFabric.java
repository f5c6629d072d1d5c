package io.zeroui.tenant.evidence.work;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.fabric.AppendLimits;
import io.zeroui.runtime.fabric.AppendLog;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The append log and the clock of the ledger. */
@Singleton
class EvidenceFabric {

    @Produces
    @Singleton
    AppendLog appendLog(PlaneConfig plane, MeterRegistry metrics) {
        DistributionSummary lines = metrics.summary("zeroui_fabric_batch_lines");
        Timer write = metrics.timer("zeroui_fabric_write");
        Timer sync = Timer.builder("zeroui_fabric_fsync").publishPercentileHistogram().register(metrics);
        return new AppendLog(plane.fabric().root(), AppendLimits.DEFAULT, (lineCount, files, writeNanos, syncNanos) -> {
            lines.record(lineCount);
            write.record(Duration.ofNanos(writeNanos));
            sync.record(Duration.ofNanos(syncNanos));
        });
    }

    void close(@Disposes AppendLog log) {
        log.close();
    }
}
