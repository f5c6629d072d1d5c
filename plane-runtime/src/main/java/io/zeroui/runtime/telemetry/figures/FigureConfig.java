package io.zeroui.runtime.telemetry.figures;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What a plane measures of itself, and how often. */
@ConfigMapping(prefix = "zeroui.telemetry.figures")
public interface FigureConfig {

    /** Pause between two measurements. */
    @WithDefault("PT10S")
    Duration every();

    /** Longest wait for the database, and for Redis. */
    @WithDefault("PT3S")
    Duration timeout();

    /** Span over which latencies and cache hits are taken. */
    @WithDefault("PT5M")
    Duration window();

    /** Fewest requests in a span for which a latency or a burn rate is said; fewer say nothing. */
    @WithDefault("50")
    long requestsLeast();

    /** Fewest blocks that PostgreSQL was asked for in a span for which a share of cache hits is said. */
    @WithDefault("1000")
    long blocksLeast();

    /** Objective: the part of the requests that must not fail by a fault of the service. */
    @WithDefault("0.999")
    double objective();

    /** Requests that take as long as their caller wants: streams, long polls, uploads and downloads. A regular expression over path templates. */
    @WithDefault("/v1/(policy/stream|bundles/.*|.*/export/.*|receipts/bulk|evidence/receipts/bulk)")
    String unhurried();

    /** Kinds of requests with a latency of their own: the name of the figure and a regular expression over path templates. */
    Map<String, String> groups();

    /** Folder into which backups of this plane are written (variable {@code ZEROUI_BACKUPS}, below it one folder per plane); absent where nobody says. */
    Optional<Path> backups();

    /** Whether this plane asks Redis how full it is; one plane does so for all. */
    @WithDefault("false")
    boolean redis();
}
