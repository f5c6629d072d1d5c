package io.zeroui.shared.providers.book;

import io.zeroui.contracts.rulings.providers.Standing;
import io.zeroui.shared.providers.entries.EntryContent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All versions of one name, and how they stand. */
final class NamedEntries {

    private final Map<String, Registered> versions = new LinkedHashMap<>();
    private State state = State.ACTIVE;

    /** How something stands. */
    record State(Standing standing, @Nullable Instant sunset) {

        static final State ACTIVE = new State(Standing.ACTIVE, null);

        /** The worse standing, the earlier sunset. */
        State and(State other) {
            Instant one = sunset;
            Instant two = other.sunset;
            Instant earlier = one == null || two != null && two.isBefore(one) ? two : one;
            return new State(standing.compareTo(other.standing) >= 0 ? standing : other.standing, earlier);
        }
    }

    /** A version. */
    record Registered(EntryContent content, String sha256, State state) {
    }

    Map<String, Registered> versions() {
        return versions;
    }

    State state() {
        return state;
    }

    void put(EntryContent content, String sha256) {
        versions.put(content.version(), new Registered(content, sha256, State.ACTIVE));
    }

    void set(@Nullable String version, State next) {
        if (version == null) {
            state = next;
        } else {
            versions.computeIfPresent(version, (name, one) -> new Registered(one.content(), one.sha256(), next));
        }
    }
}
