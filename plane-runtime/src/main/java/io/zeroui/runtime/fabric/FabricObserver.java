package io.zeroui.runtime.fabric;

/** Is told what every round of group commit cost; called on the writer thread, must be quick. */
@FunctionalInterface
public interface FabricObserver {

    /** Looks away. */
    FabricObserver NONE = (lines, files, writeNanos, syncNanos) -> {
    };

    /**
     * One round is over, whether its appends succeeded or failed.
     *
     * @param lines lines in the round
     * @param files files in the round
     * @param writeNanos time spent in writing
     * @param syncNanos time spent in waiting for the disk
     */
    void roundCompleted(int lines, int files, long writeNanos, long syncNanos);
}
