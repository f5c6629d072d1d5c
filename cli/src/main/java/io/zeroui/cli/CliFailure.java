package io.zeroui.cli;

/** A command cannot do what it was asked for: the cause, and what the reader can do about it. */
public final class CliFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String mend;

    /**
     * A failure in words.
     *
     * @param cause what is wrong, without a full stop
     * @param mend what to do, without a full stop
     */
    public CliFailure(String cause, String mend) {
        super(cause);
        this.mend = mend;
    }

    /** What to do. */
    public String mend() {
        return mend;
    }
}
