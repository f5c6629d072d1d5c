package io.zeroui.tenant.evidence.standing;

/** Rows cannot be judged at this moment; nothing was written, and it is tried again. */
final class NotNow extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotNow(String message) {
        super(message, null, false, false);
    }
}
