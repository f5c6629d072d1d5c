package io.zeroui.shared.providers.book;

/** The registry does not allow an act; nothing was done. */
public final class RegistryRefused extends Exception {

    private static final long serialVersionUID = 1L;

    /** Why. */
    public enum Why {
        /** What it is about is not there. */
        NOT_FOUND,
        /** It contradicts what is there. */
        CONFLICT,
        /** A signature is missing or wrong, or of somebody who has not proven that the namespace is his. */
        NOT_PROVEN,
        /** There is no room for more. */
        FULL
    }

    private final Why why;

    RegistryRefused(Why why, String message) {
        super(message);
        this.why = why;
    }

    /** Why. */
    public Why why() {
        return why;
    }
}
