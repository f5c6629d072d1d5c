package io.zeroui.contracts.events;

/** Something that claims to be an event of ours is not one. Trying again does not help. */
public final class InvalidEvent extends IllegalArgumentException {

    public InvalidEvent(String message) {
        super(message);
    }

    public InvalidEvent(String message, Throwable cause) {
        super(message, cause);
    }
}
