package io.zeroui.cli.policies;

import picocli.CommandLine.Option;

/** Whose policies, and in which form. */
final class TenantOptions {

    @Option(names = "--tenant", paramLabel = "TENANT", required = true, description = "whose policies")
    String tenant = "";

    @Option(names = "--json", description = "as JSON")
    boolean json;
}
