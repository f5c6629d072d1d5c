package io.zeroui.cli.vectors;

import picocli.CommandLine.Option;

/** Whose data, and in which form. */
final class TenantOption {

    @Option(names = "--tenant", paramLabel = "TENANT", defaultValue = "local", description = "whose; ${DEFAULT-VALUE} if not given")
    String tenant = "local";

    @Option(names = "--json", description = "as JSON")
    boolean json;
}
