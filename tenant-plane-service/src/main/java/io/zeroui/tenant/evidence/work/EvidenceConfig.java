package io.zeroui.tenant.evidence.work;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of the evidence ledger. */
@ConfigMapping(prefix = "zeroui.evidence")
public interface EvidenceConfig {

    /** Most ledger lines in one index transaction. */
    @WithDefault("1000")
    int indexBatchLines();

    /** Most lines that wait in memory for their index; beyond it they are read again from the files. */
    @WithDefault("50000")
    int indexHeldLines();

    /** Most receipts that are durable and not indexed, while new ones are accepted. */
    @WithDefault("500000")
    int unindexedReceipts();

    /** First pause after an index transaction that failed; doubles up to {@link #indexRetryMost()}. */
    @WithDefault("PT0.1S")
    Duration indexRetryFirst();

    /** Longest pause between attempts to index. */
    @WithDefault("PT5S")
    Duration indexRetryMost();
}
