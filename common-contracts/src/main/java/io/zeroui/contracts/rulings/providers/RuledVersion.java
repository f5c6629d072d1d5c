package io.zeroui.contracts.rulings.providers;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A version of a model or an adapter. */
interface RuledVersion {

    /** Which one. */
    String version();

    /** How it stands. */
    Standing standing();

    /** From when it must not be used any more; null for never. */
    @Nullable
    Instant sunset();

    /** Whether its sunset has come. */
    default boolean isRetired(Instant at) {
        Instant end = sunset();
        return end != null && !at.isBefore(end);
    }

    /** Whether it is neither revoked nor past its sunset. */
    default boolean isUsable(Instant at) {
        return standing() != Standing.REVOKED && !isRetired(at);
    }
}
