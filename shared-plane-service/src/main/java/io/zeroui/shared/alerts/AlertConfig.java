package io.zeroui.shared.alerts;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** How alerts are looked at. */
@ConfigMapping(prefix = "zeroui.alerts")
public interface AlertConfig {

    /** Pause between two looks. */
    @WithDefault("PT10S")
    Duration every();

    /** Longest pause between two looks, or step of the clock, over which a figure counts as bad or well all the time. */
    @WithDefault("PT1M")
    Duration gap();

    /** How old an instance's report may be for its figures to count. */
    @WithDefault("PT30S")
    Duration freshFor();

    /** How long a resolved alert is still listed. */
    @WithDefault("PT1H")
    Duration resolvedFor();

    /** How long changes are kept at least (variable {@code ZEROUI_ALERTS_RETENTION}). */
    @WithDefault("P365D")
    Duration retention();

    /** Longest wait for one answer of the database. */
    @WithDefault("PT10S")
    Duration timeout();

    /** Most rows in one answer. */
    @WithDefault("1000")
    int rowsMost();

    /** Rows in one answer when the request names no limit. */
    @WithDefault("100")
    int rowsDefault();

    /** What is different from the rules that are there from the start, by the rule's name. */
    Map<String, Change> rules();

    /** A change of one rule. */
    interface Change {

        /** False: the rule is not looked at. */
        @WithDefault("true")
        boolean enabled();

        /** Another bound, in the rule's unit. */
        Optional<Double> threshold();

        /** Another time that the bound must be crossed. */
        Optional<Duration> hold();
    }
}
