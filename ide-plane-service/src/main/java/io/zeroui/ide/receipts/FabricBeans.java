package io.zeroui.ide.receipts;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.ReceiptInspector;
import io.zeroui.contracts.signature.TrustStore;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.fabric.AppendLimits;
import io.zeroui.runtime.fabric.AppendLog;
import io.zeroui.runtime.fabric.Quarantine;
import io.zeroui.runtime.fabric.TrustFolder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

/** What this service owns of the storage fabric, once per process. */
@ApplicationScoped
class FabricBeans {

    @Produces
    @Singleton
    ReceiptFiles files(PlaneConfig plane) {
        return new ReceiptFiles(new ZuRoot(plane.fabric().root()));
    }

    @Produces
    @Singleton
    AppendLog log(ReceiptFiles files, MeterRegistry meters) {
        DistributionSummary lines = DistributionSummary.builder("zeroui.append.batch.size")
                .description("Lines made durable by one round of group commit")
                .publishPercentiles(0.5, 0.99)
                .register(meters);
        Timer write = Timer.builder("zeroui.append.write").description("Time to write one round").register(meters);
        Timer sync = Timer.builder("zeroui.append.fsync").description("Time to make one round durable")
                .publishPercentiles(0.5, 0.99)
                .register(meters);
        return new AppendLog(files.root().path(), AppendLimits.DEFAULT, (count, fileCount, writeNanos, syncNanos) -> {
            lines.record(count);
            write.record(writeNanos, TimeUnit.NANOSECONDS);
            sync.record(syncNanos, TimeUnit.NANOSECONDS);
        });
    }

    void close(@Disposes AppendLog log) {
        log.close();
    }

    @Produces
    @Singleton
    Quarantine quarantine(ReceiptFiles files, AppendLog log) {
        try {
            return Quarantine.open(log, files.root().ideQuarantineFolder(), files.root()::ideQuarantine,
                    Clock.systemUTC());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + files.root().ideQuarantineFolder(), e);
        }
    }

    @Produces
    @Singleton
    TrustStore trust(ReceiptFiles files) {
        return new TrustFolder(files.root().ideTrustFolders());
    }

    @Produces
    @Singleton
    ReceiptCheck check(TrustStore trust, PlaneConfig plane) {
        return new ReceiptCheck(ReceiptInspector.withDefaults(), trust, plane.edge().tenant().map(TenantId::of));
    }
}
