package io.zeroui.system.compose;

import io.zeroui.testing.Checkout;
import io.zeroui.testing.Prerequisite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Lays out topologies in network namespaces, by {@code deploy/compose/positions.sh}, and tries their boundaries. */
final class PositionsLab {

    private static final int TIMEOUT_MINUTES = 15;
    private static final int CANNOT_BE_TRIED = 2;

    private final List<String> plan = new ArrayList<>();

    /** Tries this topology too. */
    PositionsLab topology(String name, ComposeTopology topology) {
        return add(name, topology, "check");
    }

    /** Tries this topology too, and then once more with the names of all networks known in every position. */
    PositionsLab topologyAlsoWithEveryName(String name, ComposeTopology topology) {
        return add(name, topology, "check every-name");
    }

    private PositionsLab add(String name, ComposeTopology topology, String check) {
        plan.add("topology " + name);
        plan.addAll(topology.plan());
        plan.add(check);
        return this;
    }

    /**
     * Runs it.
     *
     * @return what was found, by the name of the topology; where network namespaces cannot be had, the test is skipped
     *     with the reason, but fails in continuous integration
     */
    Map<String, Findings> run() throws IOException, InterruptedException {
        Path input = Files.write(Files.createTempFile("zeroui-positions", ".plan"), plan);
        Path output = Files.createTempFile("zeroui-positions", ".out");
        Path errors = Files.createTempFile("zeroui-positions", ".log");
        try {
            Process lab = new ProcessBuilder(Checkout.root().resolve("deploy/compose/positions.sh").toString())
                    .redirectInput(input.toFile()).redirectOutput(output.toFile()).redirectError(errors.toFile()).start();
            boolean ended = lab.waitFor(TIMEOUT_MINUTES, TimeUnit.MINUTES);
            if (!ended) {
                lab.destroyForcibly();
                throw new IllegalStateException("the lab did not end: " + Files.readString(errors));
            }
            Prerequisite.require(lab.exitValue() != CANNOT_BE_TRIED, Files.readString(errors).strip());
            Map<String, Findings> findings = findings(Files.readAllLines(output));
            boolean allHeld = findings.values().stream().allMatch(found -> found.failed().isEmpty());
            if (lab.exitValue() != (allHeld ? 0 : 1) || findings.values().stream().anyMatch(found -> found.held().isEmpty())) {
                throw new IllegalStateException("the lab failed: " + Files.readString(errors));
            }
            return findings;
        } finally {
            Files.delete(input);
            Files.delete(output);
            Files.delete(errors);
        }
    }

    private static Map<String, Findings> findings(List<String> lines) {
        Map<String, Findings> findings = new LinkedHashMap<>();
        Findings current = null;
        for (String line : lines) {
            if (line.startsWith("topology ")) {
                current = new Findings(new ArrayList<>(), new ArrayList<>());
                findings.put(line.substring("topology ".length()), current);
            } else if (current != null && line.startsWith("  ok    ")) {
                current.held().add(line.strip().replaceFirst("ok +", ""));
            } else if (current != null && line.startsWith("  FAIL  ")) {
                current.failed().add(line.strip().replaceFirst("FAIL +", ""));
            } else {
                throw new IllegalStateException("not a result: " + line);
            }
        }
        return findings;
    }

    /** The checks of one topology, a sentence each. */
    record Findings(List<String> held, List<String> failed) {
    }
}
