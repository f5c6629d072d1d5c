package io.zeroui.tenant.evidence.work;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of what comes over HTTP. */
@ConfigMapping(prefix = "zeroui.evidence.intake")
public interface IntakeConfig {

    /** Longest line, in bytes without its line feed. */
    @WithDefault("262144")
    int maxLineBytes();

    /** Most lines of a stream that are checked and taken in together. */
    @WithDefault("256")
    int batchLines();

    /** Most bytes of a stream that are checked and taken in together. */
    @WithDefault("524288")
    int batchBytes();

    /** Batches of one stream that are under way at the same time. */
    @WithDefault("4")
    int batchesInFlight();

    /** Bulk streams that are served at the same time; more are answered 503. */
    @WithDefault("32")
    int maxStreams();

    /** The same of one tenant. */
    @WithDefault("16")
    int streamsPerTenant();

    /** How long a stream's line may take while nothing but its sender is waited for; then the stream is ended. */
    @WithDefault("PT30S")
    Duration lineTime();

    /** Receipts of one tenant that are under way; beyond it single ones are answered 503 and streams are read more slowly. */
    @WithDefault("4000")
    int tenantLines();

    /** The same in bytes. */
    @WithDefault("8388608")
    long tenantBytes();

    /** The same in bytes over all tenants. */
    @WithDefault("67108864")
    long totalBytes();

    /** Most receipts of a courier batch. */
    @WithDefault("1000")
    int courierReceipts();

    /** Longest body of a courier batch, in bytes. */
    @WithDefault("4194304")
    int courierBytes();

    /** Courier batches of one tenant that are being read or taken in; more are answered 503. */
    @WithDefault("2")
    int couriersPerTenant();

    /** The same over all tenants. */
    @WithDefault("8")
    int couriers();

    /** Most receipts that go into the ledger with one sync. */
    @WithDefault("1000")
    int commitLines();
}
