package io.zeroui.cli.health;

/**
 * One thing that was tried.
 *
 * @param what what it was
 * @param cause why it went wrong; empty when it went well
 * @param mend what to do about it
 */
record SmokeCheck(String what, String cause, String mend) {

    boolean isGood() {
        return cause.isEmpty();
    }

    String line() {
        return isGood() ? "✓ " + what : "✗ " + what + ": " + cause + " — " + mend;
    }
}
