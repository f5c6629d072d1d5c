package io.zeroui.runtime.intake;

import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.receipts.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What became of one submitted line.
 *
 * @param <S> what the plane says of a stored receipt
 */
public sealed interface SubmitOutcome<S> {

    /**
     * The receipt is durably stored.
     *
     * @param id id of the receipt
     * @param stored where it is, and what else the plane says of it
     * @param duplicate whether the same bytes were there before
     * @param deferred whether it is still open that no other receipt has the id; if one has, this line goes to quarantine
     */
    record Stored<S>(ReceiptId id, S stored, boolean duplicate, boolean deferred) implements SubmitOutcome<S> {

        /** The HTTP status of a request that had this line alone. */
        public int status() {
            return deferred ? 202 : duplicate ? 200 : 201;
        }
    }

    /**
     * The line is refused, and will be again.
     *
     * @param id id of the receipt, as far as it could be read
     * @param refusal why
     */
    record Refused<S>(@Nullable ReceiptId id, Refusal refusal) implements SubmitOutcome<S> {
    }

    /**
     * Nothing is promised about the receipt; the same request may succeed later.
     *
     * @param id id of the receipt, as far as it was read
     * @param detail what is in the way
     */
    record Unavailable<S>(@Nullable ReceiptId id, String detail) implements SubmitOutcome<S> {
    }
}
