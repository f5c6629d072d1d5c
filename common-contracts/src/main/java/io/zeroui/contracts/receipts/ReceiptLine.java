package io.zeroui.contracts.receipts;

import org.jspecify.annotations.Nullable;

import io.zeroui.contracts.boundaries.Carries;
import io.zeroui.contracts.boundaries.DataClass;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventType;

/**
 * A receipt as it is stored: byte for byte as it came.
 *
 * @param bytes the line without its line feed; nobody changes them
 * @param hash SHA-256 of the bytes
 * @param header what indexes and routes need of it
 */
@Carries(DataClass.RECEIPT_BODY)
@EventType(EventEnvelope.RECEIPT_SUBMITTED)
public record ReceiptLine(byte[] bytes, Hash hash, ReceiptHeader header) {

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReceiptLine that && hash.equals(that.hash);
    }

    @Override
    public int hashCode() {
        return hash.hashCode();
    }

    /** Without the bytes: they do not belong into a log. */
    @Override
    public String toString() {
        return "ReceiptLine[" + header.id() + ", " + hash + "]";
    }
}
