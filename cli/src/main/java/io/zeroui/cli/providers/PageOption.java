package io.zeroui.cli.providers;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which page of a list, and in which form. */
final class PageOption {

    @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "how many, 1 to 1000; ${DEFAULT-VALUE} if not given")
    int limit = 100;

    @Option(names = "--after", paramLabel = "KEY", description = "where the page begins, as the one before says")
    @Nullable
    String after;

    @Option(names = "--json", description = "as JSON")
    boolean json;

    String query() {
        return "limit=" + limit + (after == null ? "" : "&after=" + Registry.text(after));
    }
}
