package io.zeroui.runtime.streams;

import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.runtime.streams.StreamCommands.RawEntry;
import io.zeroui.runtime.streams.StreamTarget.StreamKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The streams that one reader reads and its place in each: what it was given before and has not seen again since it
 * connected, whose abandoned entries are claimed next ({@code claimPause} after the last were), and how much it takes of each
 * at once. Talks to nobody; not thread-safe.
 */
final class StreamKeys {

    static final String FIRST_CURSOR = "0-0";
    private static final String BEFORE_ALL = "0";
    /** Redis counts per stream: less than this is not worth a round trip. */
    private static final int LEAST_SHARE = 16;
    /** However the entries are spread, one read brings no more than so many batches, or the least share of all streams. */
    private static final int MOST_BATCHES = 64;

    private final StreamTarget target;
    private final int batchEntries;
    private final Duration claimPause;
    private final Map<String, StreamKey> reading = new LinkedHashMap<>();
    private final Map<String, String> replaying = new LinkedHashMap<>();
    private final Deque<StreamKey> sweep = new ArrayDeque<>();
    private @Nullable Set<StreamScope> lastScopes;
    private int active;
    private boolean isNewTurn;
    private String claimCursor = FIRST_CURSOR;
    private long claimDueNanos = System.nanoTime();

    StreamKeys(StreamTarget target, int batchEntries, Duration claimPause) {
        this.target = target;
        this.batchEntries = batchEntries;
        this.claimPause = claimPause;
    }

    /** Begins again with every stream: whether its group is there is not known any more. */
    void begin() {
        reading.clear();
        replaying.clear();
        lastScopes = null;
        active = 0;
        endSweep();
    }

    /** Drops the streams that are not to be read any more; returns those to be taken up, with {@link #takeUp}. */
    List<StreamKey> missing() {
        Set<StreamScope> scopes = target.scopes().get();
        if (scopes == lastScopes) {
            return List.of();
        }
        Map<String, StreamKey> wanted = new LinkedHashMap<>();
        target.streams(scopes).forEach(stream -> wanted.put(stream.key(), stream));
        if (reading.keySet().retainAll(wanted.keySet())) {
            replaying.keySet().retainAll(wanted.keySet());
            endSweep();
        }
        wanted.keySet().removeAll(reading.keySet());
        if (wanted.isEmpty()) {
            lastScopes = scopes;
        }
        return List.copyOf(wanted.values());
    }

    /** Reads these too, now that they have their group; first what this consumer was given of them before. */
    void takeUp(Collection<StreamKey> streams) {
        for (StreamKey stream : streams) {
            reading.put(stream.key(), stream);
            replaying.put(stream.key(), BEFORE_ALL);
        }
    }

    /** All streams that are read, by key. */
    Map<String, StreamKey> reading() {
        return reading;
    }

    /** Has everything come again that was given and not acknowledged. */
    void replayAll() {
        reading.keySet().forEach(key -> replaying.put(key, BEFORE_ALL));
    }

    /** Streams of which what was given before comes first, with the id after which to go on. */
    Map<String, String> replaying() {
        return new LinkedHashMap<>(replaying);
    }

    /** Goes on behind what came, by key; a stream of which nothing came is through. */
    void replayed(Map<String, List<RawEntry>> found) {
        replaying.keySet().removeIf(key -> found.getOrDefault(key, List.of()).isEmpty());
        replaying.replaceAll((key, after) -> {
            List<RawEntry> entries = found.getOrDefault(key, List.of());
            return entries.get(entries.size() - 1).id();
        });
    }

    /** Most entries of each of so many streams that one read may bring. */
    int share(int streams) {
        int read = Math.max(1, reading.size());
        int bound = (int) Math.min(batchEntries, (long) MOST_BATCHES * batchEntries / read);
        return Math.min(batchEntries, Math.max(LEAST_SHARE, Math.min(bound, batchEntries / Math.max(1, streams))));
    }

    /** Most entries of each stream that the next read of what is new may bring: the fewer had something, the more. */
    int share() {
        return share(active == 0 ? reading.size() : active);
    }

    /** How many streams had something new. */
    void found(int streams) {
        active = streams;
    }

    /** The stream whose abandoned entries are to be claimed now; null when it is the turn of what is new. */
    @Nullable StreamKey nextClaim() {
        if (isNewTurn) {
            isNewTurn = false;
            return null;
        }
        if (sweep.isEmpty() && System.nanoTime() - claimDueNanos >= 0) {
            sweep.addAll(reading.values());
        }
        return sweep.peek();
    }

    /** From where to go on in the stream of {@link #nextClaim()}. */
    String claimCursor() {
        return claimCursor;
    }

    /** Whether streams wait for their turn to be claimed, so that a read must not wait. */
    boolean isSweeping() {
        return !sweep.isEmpty();
    }

    /** Goes on at the cursor that came, or, when that was the end, with the next stream. What is new has its turn between. */
    void claimed(String cursor) {
        isNewTurn = true;
        claimCursor = cursor;
        if (FIRST_CURSOR.equals(cursor)) {
            sweep.poll();
            if (sweep.isEmpty()) {
                claimDueNanos = System.nanoTime() + claimPause.toNanos();
            }
        }
    }

    private void endSweep() {
        sweep.clear();
        claimCursor = FIRST_CURSOR;
        isNewTurn = false;
    }
}
