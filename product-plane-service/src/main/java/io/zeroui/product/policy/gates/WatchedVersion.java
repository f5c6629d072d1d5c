package io.zeroui.product.policy.gates;

import io.zeroui.contracts.policy.lifecycle.Deed;
import io.zeroui.contracts.policy.lifecycle.PolicyAct;
import io.zeroui.contracts.policy.lifecycle.PolicyEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * A released version, with what its history says of its rollout.
 *
 * @param entry as it stands
 * @param rolloutAct the last act that changed whom it is for
 * @param bakedFrom when it was last released, promoted, halted, or switched off or on
 */
public record WatchedVersion(PolicyEntry entry, PolicyAct rolloutAct, Instant bakedFrom) {

    /** Of a version and its history; empty unless it is released. */
    public static Optional<WatchedVersion> of(PolicyEntry entry, List<PolicyAct> history) {
        Optional<PolicyAct> change = last(entry, history, false);
        return entry.terms() == null ? Optional.empty()
                : change.map(act -> new WatchedVersion(entry, act, last(entry, history, true).orElse(act).at()));
    }

    /**
     * From which minute on its receipts count. Nobody had it before it was released, so that minute counts whole; of any other change
     * the minute does not, since receipts of the time before it are among its counts.
     */
    public Instant countedSince() {
        Instant minute = rolloutAct.at().truncatedTo(ChronoUnit.MINUTES);
        boolean isFirst = rolloutAct.deed() instanceof Deed.Released || rolloutAct.deed() instanceof Deed.Restored;
        return isFirst ? minute : minute.plus(1, ChronoUnit.MINUTES);
    }

    private static Optional<PolicyAct> last(PolicyEntry entry, List<PolicyAct> history, boolean kills) {
        return history.stream().filter(act -> act.policy().equals(entry.id()))
                .filter(act -> changesRollout(act.deed()) || kills && act.deed() instanceof Deed.Killed)
                .reduce((first, second) -> second);
    }

    private static boolean changesRollout(Deed deed) {
        return deed instanceof Deed.Released || deed instanceof Deed.Promoted || deed instanceof Deed.Halted || deed instanceof Deed.Restored;
    }
}
