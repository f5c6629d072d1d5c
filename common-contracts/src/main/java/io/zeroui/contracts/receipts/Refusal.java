package io.zeroui.contracts.receipts;

import org.jspecify.annotations.Nullable;

/**
 * Why one receipt is refused. Never repeats what the receipt contains, only where it is.
 *
 * @param reason what kind of wrong
 * @param detail the same in words
 * @param path JSON Pointer (RFC 6901) to the offending value, when there is one
 */
public record Refusal(RefusalReason reason, String detail, @Nullable String path) {

    /** A refusal of the line as a whole. */
    public static Refusal of(RefusalReason reason, String detail) {
        return new Refusal(reason, detail, null);
    }
}
