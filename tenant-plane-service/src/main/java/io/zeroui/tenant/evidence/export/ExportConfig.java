package io.zeroui.tenant.evidence.export;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Bounds of exports. */
@ConfigMapping(prefix = "zeroui.evidence.export")
public interface ExportConfig {

    /** Exports of one tenant that are queued or running; more are answered 429. */
    @WithDefault("10")
    int perTenant();

    /** Exports of the plane that are written at the same time; others wait. */
    @WithDefault("2")
    int running();

    /** Exports of one tenant that are remembered, whatever their state; of those that ended the oldest are forgotten for new ones. */
    @WithDefault("100")
    int remembered();

    /** Most bytes of one tenant's export files, together. */
    @WithDefault("10737418240")
    long tenantBytes();

    /** Bytes of the disk that exports leave free for the ledgers. */
    @WithDefault("1073741824")
    long freeBytes();

    /** Rows that are read with one statement. */
    @WithDefault("1000")
    int batchRows();

    /** How long a file is kept. */
    @WithDefault("PT24H")
    Duration keep();

    /** How long a link is good, at most: it ends with the file. */
    @WithDefault("PT1H")
    Duration link();

    /** How long it is remembered that an export failed or expired. */
    @WithDefault("P7D")
    Duration memory();

    /** How often an export is tried that fails for what may pass: a full disk, a database that is away. */
    @WithDefault("6")
    int attempts();

    /** Pause before the second attempt; twice as long before each further one. */
    @WithDefault("PT2S")
    Duration retry();

    /** Files that are fetched at the same time, over all tenants; more are answered 503. */
    @WithDefault("32")
    int downloads();

    /** The same of one tenant. */
    @WithDefault("8")
    int tenantDownloads();
}
