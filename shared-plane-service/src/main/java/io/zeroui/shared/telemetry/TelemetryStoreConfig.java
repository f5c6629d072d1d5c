package io.zeroui.shared.telemetry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of what is kept of the planes' reports. */
@ConfigMapping(prefix = "zeroui.telemetry-store")
public interface TelemetryStoreConfig {

    /** How long the history, and an instance that reports no more, is kept, a day or more (variable {@code ZEROUI_TELEMETRY_RETENTION}). */
    @WithDefault("P7D")
    Duration retention();

    /** Pause between two deletions of what is older than {@link #retention()}. */
    @WithDefault("PT10M")
    Duration cleanEvery();

    /** Length of a history slot, a day at most: one report per instance and state is kept of each. */
    @WithDefault("PT30S")
    Duration historyEvery();

    /** How old the newest report of an instance may be before the instance counts as stale. */
    @WithDefault("PT20S")
    Duration staleAfter();

    /** How far ahead of this clock a report may be; one further ahead would hide all later ones. */
    @WithDefault("PT5M")
    Duration clockSkewMost();

    /** Longest wait for one answer of the database. */
    @WithDefault("PT10S")
    Duration timeout();

    /** Largest report in bytes; a larger one is dead-lettered. */
    @WithDefault("65536")
    int reportBytes();

    /** Most instances of one plane that are shown. */
    @WithDefault("100")
    int instancesMost();

    /** Most history rows in one answer. */
    @WithDefault("1000")
    int rowsMost();

    /** History rows in one answer when the request names no limit. */
    @WithDefault("100")
    int rowsDefault();
}
