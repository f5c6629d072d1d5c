package io.zeroui.product.policy.gates;

import io.zeroui.contracts.policy.lifecycle.PolicyEntry;
import io.zeroui.contracts.policy.release.RolloutCounts;
import io.zeroui.contracts.policy.release.RolloutRate;
import io.zeroui.contracts.policy.release.RolloutStep;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How the rollout of a released version stands.
 *
 * @param entry the version
 * @param countedSince from when its receipts count
 * @param counts what they are; null while they cannot be read
 * @param verdict what its gate says
 * @param breached of what there is too much; null unless the gate is failed
 * @param next the step that it goes to by itself; null where it goes to none
 * @param nextAt when at the earliest; null where it goes to none
 * @param waitsFor why it does not go there even then: what the evaluations want; null where they want nothing
 */
public record RolloutReport(PolicyEntry entry, Instant countedSince, @Nullable RolloutCounts counts, Verdict verdict,
        @Nullable RolloutRate breached, @Nullable RolloutStep next, @Nullable Instant nextAt, @Nullable String waitsFor) {

    /** What a gate says. */
    public enum Verdict {
        /** The version has none. */
        NO_GATE,
        /** No edge has the version by its rollout. */
        HALTED,
        /** The counts cannot be read. */
        BLIND,
        /** There are too few receipts to conclude anything. */
        TOO_FEW,
        /** All rates are within their limits. */
        PASSED,
        /** A rate is above its limit. */
        FAILED;

        /** As answers have it, for example {@code too_few}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
