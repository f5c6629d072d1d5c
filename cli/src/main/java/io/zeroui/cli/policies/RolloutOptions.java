package io.zeroui.cli.policies;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.cli.output.Json;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom a version is for. */
final class RolloutOptions {

    @Option(names = "--percent", paramLabel = "PERCENT", description = "share of the edges, 0 to 100, for example 2.5; all of them if no option says otherwise")
    @Nullable
    BigDecimal percent;

    @Option(names = "--edge", paramLabel = "EDGE", description = "an edge that has it in any case; may be given again")
    @Nullable
    List<String> edges;

    @Option(names = "--repo", paramLabel = "REPO", description = "a repository whose edges have it in any case; may be given again")
    @Nullable
    List<String> repos;

    RolloutOptions() {
    }

    /**
     * As requests have it.
     *
     * @param otherwise percentage where no option gives one; null for all edges, or none but the named ones
     * @throws ArithmeticException when the percentage is finer than a hundredth
     */
    ObjectNode rollout(@Nullable BigDecimal otherwise) {
        BigDecimal share = percent != null ? percent : otherwise != null ? otherwise : BigDecimal.valueOf(edges == null && repos == null ? 100 : 0);
        ObjectNode rollout = Json.object().put("basis_points", share.movePointRight(2).intValueExact());
        if (edges != null) {
            edges.forEach(rollout.putArray("edges")::add);
        }
        if (repos != null) {
            repos.forEach(rollout.putArray("repos")::add);
        }
        return rollout;
    }
}
