package io.zeroui.contracts.transparency;

/**
 * A proof or a signature does not show what it is given for; the message says why. Has no stack trace: it is an outcome,
 * and whoever sends a proof decides how often.
 */
public final class NotVerified extends Exception {

    NotVerified(String reason) {
        super(reason, null, false, false);
    }

    /** What does not hold, in words. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
