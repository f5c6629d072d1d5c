package io.zeroui.ide.receipts.intake;

import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.receipts.Refusal;
import io.zeroui.ide.receipts.claims.StoredReceipt;
import org.jspecify.annotations.Nullable;

/** What became of one submitted line. */
public sealed interface SubmitOutcome {

    /**
     * The receipt is durably in its file.
     *
     * @param id id of the receipt
     * @param stored where it is
     * @param duplicate whether the same bytes were there before
     * @param deferred whether it is still open that no other receipt has the id; if one has, this line goes to quarantine
     */
    record Stored(ReceiptId id, StoredReceipt stored, boolean duplicate, boolean deferred) implements SubmitOutcome {
    }

    /**
     * The line is refused, and will be again.
     *
     * @param id id of the receipt, as far as it could be read
     * @param refusal why
     */
    record Refused(@Nullable ReceiptId id, Refusal refusal) implements SubmitOutcome {
    }

    /**
     * Nothing is promised about the receipt; the same request may succeed later.
     *
     * @param id id of the receipt, as far as it was read
     * @param detail what is in the way
     */
    record Unavailable(@Nullable ReceiptId id, String detail) implements SubmitOutcome {
    }
}
