package io.zeroui.tenant.evidence.export.format;

import java.io.IOException;

/** A stored line is not what was acknowledged. */
public final class UnfitLine extends IOException {

    private static final long serialVersionUID = 1L;

    private final String receiptId;
    private final boolean erased;

    UnfitLine(String receiptId, boolean erased, String where) {
        super("the stored line of receipt " + receiptId + (erased ? " is erased and still in the index" : " does not have its hash")
                + " (" + where + ")");
        this.receiptId = receiptId;
        this.erased = erased;
    }

    /** The receipt. */
    public String receiptId() {
        return receiptId;
    }

    /** Whether something erased is in its place: then the index may not have followed yet. */
    public boolean isErased() {
        return erased;
    }
}
