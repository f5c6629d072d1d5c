package io.zeroui.contracts.receipts;

import java.util.Locale;

/** The two kinds of receipts. */
public enum ReceiptKind {
    /** The record of one decision. */
    DECISION,
    /** The record of one person's feedback on a decision. */
    FEEDBACK;

    private final String key = name().toLowerCase(Locale.ROOT);

    /** The name in indexes and events, for example {@code decision}. */
    public String key() {
        return key;
    }
}
