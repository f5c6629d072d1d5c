package io.zeroui.contracts.events;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

import io.zeroui.contracts.boundaries.Carries;
import io.zeroui.contracts.boundaries.DataClass;

/**
 * How one side of a channel is doing.
 *
 * @param channel name of the channel
 * @param role {@code consumer} or {@code producer}
 * @param state {@code up}, {@code degraded} or {@code down}
 * @param lag entries not yet delivered to this consumer, or rows not yet published by this producer
 * @param pending entries delivered and not yet acknowledged
 * @param deadLetters entries in the dead-letter stream
 */
@JsonNaming(SnakeCaseStrategy.class)
@Carries(DataClass.TELEMETRY)
public record ChannelState(String channel, String role, String state, long lag, long pending, long deadLetters) {
}
