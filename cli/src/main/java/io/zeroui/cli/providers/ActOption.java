package io.zeroui.cli.providers;

import picocli.CommandLine.Option;

/** Why something is done, and in which form the answer is. */
final class ActOption {

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why; it is kept for ever")
    String reason = "";

    @Option(names = "--json", description = "as JSON")
    boolean json;
}
