package io.zeroui.runtime.outbox;

import io.zeroui.contracts.events.EventEnvelope;

/**
 * One row of an outbox, ready to be sent.
 *
 * @param sequence the row's number, growing in the order of commits of one writer
 * @param event what to send; the relay adds the extensions {@code sequence} and {@code epoch}
 */
public record OutboxItem(long sequence, EventEnvelope event) {
}
