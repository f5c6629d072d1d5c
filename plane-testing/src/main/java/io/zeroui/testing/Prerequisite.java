package io.zeroui.testing;

import org.junit.jupiter.api.Assumptions;

/** What a test needs of the machine that it runs on. */
public final class Prerequisite {

    private Prerequisite() {
    }

    /** Leaves the test out where it is missing, with the reason; fails it in continuous integration (variable {@code CI}), where nobody would notice. */
    public static void require(boolean isThere, String missing) {
        if (!isThere && "true".equals(System.getenv("CI"))) {
            throw new AssertionError(missing);
        }
        Assumptions.assumeTrue(isThere, missing);
    }
}
