package io.zeroui.runtime.streams;

import io.zeroui.contracts.events.EventEnvelope;

/**
 * One entry of a stream.
 *
 * @param id the stream's id of the entry, {@code {ms}-{n}}
 * @param event what the entry says
 */
public record StreamEntry(String id, EventEnvelope event) {
}
