package io.zeroui.cli.supplychain;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which page of an answer, and in which form. */
final class PageOptions {

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "how many, 1 to 500; ${DEFAULT-VALUE} if not given")
    int limit = 50;

    @Option(names = "--cursor", paramLabel = "CURSOR", description = "where the page begins, as the one before says")
    @Nullable
    String cursor;

    @Option(names = "--json", description = "as JSON")
    boolean json;

    /** As the query of a request. */
    String query() {
        return "?limit=" + limit + SupplyService.parameter("cursor", cursor);
    }
}
