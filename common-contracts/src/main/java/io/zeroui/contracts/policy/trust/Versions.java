package io.zeroui.contracts.policy.trust;

/** Versions of metadata: 1 to 2^53 - 1, which every JSON reader has exactly. */
final class Versions {

    /** How far ahead of the last one a version may be: centuries of a document a minute. */
    static final long MAX_AHEAD = 1L << 28;
    private static final long MAX = (1L << 53) - 1;

    private Versions() {
    }

    static void require(long version) {
        if (version < 1 || version > MAX) {
            throw new IllegalArgumentException("a version is 1 to 2^53 - 1, not " + version);
        }
    }

    /** @throws PolicyRefused when the version is before the last one, or so far ahead that nothing could follow for ever */
    static void requireNotBefore(String what, long version, long last) throws PolicyRefused {
        if (version < last) {
            throw new PolicyRefused(PolicyObjection.ROLLBACK, what + " version " + version + " after " + last);
        }
        if (version - last > MAX_AHEAD) {
            throw new PolicyRefused(PolicyObjection.FAST_FORWARD, what + " version " + version + " after " + last);
        }
    }
}
