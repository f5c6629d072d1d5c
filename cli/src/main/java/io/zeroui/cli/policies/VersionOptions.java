package io.zeroui.cli.policies;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which version of which policy, and how the answer is printed. */
final class VersionOptions {

    @Parameters(index = "0", paramLabel = "POLICY", description = "its id")
    String policy = "";

    @Parameters(index = "1", paramLabel = "VERSION", description = "which version of it")
    String version = "";

    @Option(names = "--tenant", paramLabel = "TENANT", required = true, description = "whose policy")
    String tenant = "";

    @Option(names = "--json", description = "as JSON")
    boolean json;

    VersionOptions() {
    }

    /** The version below the policies. */
    String path() {
        return "/" + PolicyClient.text(policy) + "/versions/" + PolicyClient.text(version);
    }
}
