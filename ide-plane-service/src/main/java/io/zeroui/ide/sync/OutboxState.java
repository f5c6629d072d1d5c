package io.zeroui.ide.sync;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The outbox at a glance.
 *
 * @param waiting rows without an acknowledgement
 * @param parked rows that are not sent because their bytes are not in their file any more
 * @param oldest when the oldest of them was made
 */
public record OutboxState(long waiting, long parked, @Nullable Instant oldest) {
}
