package io.zeroui.contracts.policy.release;

/**
 * How many receipts name a version, and what they are.
 *
 * @param receipts all of them
 * @param overrides those with an override
 * @param blocks those whose decision is a soft or a hard block
 * @param degraded those whose decision was made in degraded mode
 */
public record RolloutCounts(long receipts, long overrides, long blocks, long degraded) {

    /** No receipt. */
    public static final RolloutCounts NONE = new RolloutCounts(0, 0, 0, 0);

    public RolloutCounts {
        if (receipts < 0 || isNoPart(overrides, receipts) || isNoPart(blocks, receipts) || isNoPart(degraded, receipts)) {
            throw new IllegalArgumentException("a part of the receipts is 0 to all of them");
        }
    }

    /** How many are of that kind. */
    public long of(RolloutRate rate) {
        return switch (rate) {
            case OVERRIDE -> overrides;
            case BLOCK -> blocks;
            case DEGRADED -> degraded;
        };
    }

    private static boolean isNoPart(long part, long all) {
        return part < 0 || part > all;
    }
}
