package io.zeroui.contracts.receipts;

import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.ReceiptSignature;

/** The verdict on one line. */
public sealed interface Inspection {

    /**
     * The line is a receipt that may be stored.
     *
     * @param line the receipt
     * @param signature its signature, which was verified
     * @param key the key that verified it
     */
    record Accepted(ReceiptLine line, ReceiptSignature signature, Ed25519PublicKey key) implements Inspection {
    }

    /**
     * The line is refused.
     *
     * @param refusal why
     */
    record Refused(Refusal refusal) implements Inspection {
    }
}
