package io.zeroui.runtime.streams;

import io.zeroui.contracts.channels.StreamScope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Entries that one consumer handles together. All of them are acknowledged when the consumer's {@code Uni} completes;
 * none is when it fails, and the same entries come again. An entry that can never be handled is set aside with
 * {@link #deadLetter}.
 */
public final class StreamBatch {

    private final List<StreamEntry> entries;
    private final Map<Place, String> deadLetters = new HashMap<>();

    /** Two streams of a channel may have entries of the same id. */
    private record Place(@Nullable StreamScope scope, String id) {

        static Place of(StreamEntry entry) {
            return new Place(entry.scope(), entry.id());
        }
    }

    /** A batch of entries, those of one stream in its order. */
    public StreamBatch(List<StreamEntry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** The entries, those of one stream in its order. */
    public List<StreamEntry> entries() {
        return entries;
    }

    /** Puts the entry on the dead-letter stream, with the reason, when this batch is acknowledged. */
    public synchronized void deadLetter(StreamEntry entry, String reason) {
        deadLetters.put(Place.of(entry), reason);
    }

    /** Why the entry was set aside; null where it was not. */
    synchronized @Nullable String deadLetterReason(StreamEntry entry) {
        return deadLetters.get(Place.of(entry));
    }
}
