package io.zeroui.runtime.streams;

import java.util.concurrent.atomic.AtomicLong;

/** What is known of one consumed channel; written by its reader and its maintenance, read by health and metrics. */
public final class ChannelStatus {

    /** What a reader is doing. */
    public enum State {
        /** Waiting for Redis, for the first time or again. */
        CONNECTING,
        /** Reading. */
        READING,
        /** Ended although nobody asked it to. */
        DEAD,
        /** Ended on request. */
        STOPPED
    }

    private final String channel;
    private volatile State state = State.CONNECTING;
    private volatile long sinceNanos = System.nanoTime();
    private volatile long movedNanos = System.nanoTime();
    private volatile String trouble = "";
    private volatile long lag;
    private volatile long pending;
    private volatile long deadLetters;
    private final AtomicLong handled = new AtomicLong();

    ChannelStatus(String channel) {
        this.channel = channel;
    }

    /** Name of the channel. */
    public String channel() {
        return channel;
    }

    /** What the reader is doing. */
    public State state() {
        return state;
    }

    /** Entries on the stream that no consumer of the group was given yet. */
    public long lag() {
        return lag;
    }

    /** Entries that were handed out and not acknowledged. */
    public long pending() {
        return pending;
    }

    /** Entries on the dead-letter stream. */
    public long deadLetters() {
        return deadLetters;
    }

    /** Entries acknowledged by this process. */
    public long handled() {
        return handled.get();
    }

    /** The newest failure, in words; empty while there is none. */
    public String trouble() {
        return trouble;
    }

    /** Nanoseconds in the present state. */
    long stateNanos() {
        return System.nanoTime() - sinceNanos;
    }

    /** Nanoseconds since the reader last did anything. */
    long stillNanos() {
        return System.nanoTime() - movedNanos;
    }

    void state(State next) {
        if (state != next) {
            state = next;
            sinceNanos = System.nanoTime();
        }
        moved();
    }

    void moved() {
        movedNanos = System.nanoTime();
    }

    void trouble(String words) {
        trouble = words;
    }

    void handled(int entries) {
        handled.addAndGet(entries);
    }

    void queue(long lagEntries, long pendingEntries, long deadLetterEntries) {
        lag = lagEntries;
        pending = pendingEntries;
        deadLetters = deadLetterEntries;
    }
}
