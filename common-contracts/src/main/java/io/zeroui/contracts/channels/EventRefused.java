package io.zeroui.contracts.channels;

/** An event must not go on the channel it was meant for; nothing of it was sent. Trying again does not help. */
public final class EventRefused extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Refused for the given reason, which does not quote the event's data. */
    public EventRefused(String message) {
        super(message);
    }
}
