package io.zeroui.shared.providers.entries;

/** A document is no entry; the message does not repeat what is in it. */
public final class InvalidEntry extends Exception {

    private static final long serialVersionUID = 1L;

    /** With the reason. */
    public InvalidEntry(String message) {
        super(message);
    }
}
