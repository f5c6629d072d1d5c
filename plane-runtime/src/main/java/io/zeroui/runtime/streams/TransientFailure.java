package io.zeroui.runtime.streams;

/** Thrown by a consumer to say: not the entries' fault, try again later (a full disk, a recovery under way). */
public final class TransientFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With the reason, in words. */
    public TransientFailure(String reason) {
        super(reason);
    }

    /** With the reason, in words, and what caused it. */
    public TransientFailure(String reason, Throwable cause) {
        super(reason, cause);
    }
}
