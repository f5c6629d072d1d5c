package io.zeroui.shared.journal;

/** A journal cannot be read, or is not the one that the tables were computed from. */
final class JournalUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JournalUnavailable(String message) {
        super(message);
    }

    JournalUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
