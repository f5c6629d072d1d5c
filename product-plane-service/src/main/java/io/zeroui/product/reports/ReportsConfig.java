package io.zeroui.product.reports;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of the evidence intake and of the reports. */
@ConfigMapping(prefix = "zeroui.reports")
public interface ReportsConfig {

    /** Longest wait for one answer of the database. */
    @WithDefault("PT10S")
    Duration timeout();

    /** Largest payload of one evidence event, in bytes; a larger one is dead-lettered. */
    @WithDefault("4194304")
    int eventBytes();

    /** Most ledger entries in one evidence event; an event with more is dead-lettered. */
    @WithDefault("10000")
    int eventItems();

    /** Most days one report may cover. */
    @WithDefault("366")
    int daysMost();

    /** Days a report covers when the request names no first day. */
    @WithDefault("30")
    int daysDefault();

    /** Most rows in one answer. */
    @WithDefault("1000")
    int rowsMost();

    /** Rows in one answer when the request names no limit. */
    @WithDefault("200")
    int rowsDefault();
}
