package io.zeroui.runtime.streams;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Entries that one consumer handles together. All of them are acknowledged when the consumer's {@code Uni} completes;
 * none is when it fails, and the same entries come again. An entry that can never be handled is set aside with
 * {@link #deadLetter}.
 */
public final class StreamBatch {

    private final List<StreamEntry> entries;
    private final Map<String, String> deadLetters = new LinkedHashMap<>();

    /** A batch of entries in the order of the stream. */
    public StreamBatch(List<StreamEntry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** The entries, in the order of the stream. */
    public List<StreamEntry> entries() {
        return entries;
    }

    /** Puts the entry on the dead-letter stream, with the reason, when this batch is acknowledged. */
    public synchronized void deadLetter(StreamEntry entry, String reason) {
        deadLetters.put(entry.id(), reason);
    }

    /** Reasons by entry id. */
    synchronized Map<String, String> deadLetters() {
        return Map.copyOf(deadLetters);
    }
}
