package io.zeroui.runtime.fabric;

/**
 * Limits of an {@link AppendLog}.
 *
 * @param maxQueuedLines lines that may wait or be written, over all callers
 * @param maxQueuedBytes bytes that may wait or be written, over all callers
 * @param maxRoundBytes bytes taken into one round (a larger single request is a round of its own)
 * @param maxLineBytes longest line
 * @param maxOpenFiles file handles kept open between rounds
 * @param syncThreads files synced at the same time
 */
public record AppendLimits(int maxQueuedLines, long maxQueuedBytes, int maxRoundBytes, int maxLineBytes,
        int maxOpenFiles, int syncThreads) {

    /** 65,536 lines or 64 MiB queued, rounds of 4 MiB, lines of 1 MiB, 64 open files, 8 syncs at a time. */
    public static final AppendLimits DEFAULT = new AppendLimits(65_536, 64L << 20, 4 << 20, 1 << 20, 64, 8);

    public AppendLimits {
        if (maxQueuedLines < 1 || maxQueuedBytes < 1 || maxRoundBytes < 1 || maxLineBytes < 1 || maxOpenFiles < 1
                || syncThreads < 1) {
            throw new IllegalArgumentException("limits of an append log must be positive");
        }
    }
}
