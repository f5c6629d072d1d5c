package io.zeroui.contracts.receipts;

import org.jspecify.annotations.Nullable;

/** Carries a refusal out of nested checks. Has no stack trace: it is an outcome, thrown often. */
public final class ReceiptRefused extends Exception {

    private final transient Refusal refusal;

    ReceiptRefused(Refusal refusal) {
        super(refusal.detail(), null, false, false);
        this.refusal = refusal;
    }

    ReceiptRefused(RefusalReason reason, String detail, @Nullable String path) {
        this(new Refusal(reason, detail, path));
    }

    /** Why. */
    public Refusal refusal() {
        return refusal;
    }
}
