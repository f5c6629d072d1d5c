package io.zeroui.contracts.identity;

import java.util.regex.Pattern;

/** The id of a receipt, unique for ever: {@code [A-Za-z0-9._:-]{1,128}}. Decision receipts have a narrower form. */
public record ReceiptId(String value) {

    private static final int MAX_LENGTH = 128;
    private static final Pattern DECISION = Pattern.compile(
            "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
                    + "|receipt-[0-9]{1,16}-[0-9a-fA-F]{16}");

    public ReceiptId {
        if (!Names.isToken(value, MAX_LENGTH, ":")) {
            throw new IllegalArgumentException("receipt id must be 1 to " + MAX_LENGTH
                    + " of A-Z, a-z, 0-9, '.', '_', ':' and '-'");
        }
    }

    /**
     * The checked id of any receipt.
     *
     * @throws IllegalArgumentException when the value does not have the form of a receipt id
     */
    public static ReceiptId of(String value) {
        return new ReceiptId(value);
    }

    /**
     * The checked id of a decision receipt: a UUID or {@code receipt-{epoch-ms}-{16 hex}}.
     *
     * @throws IllegalArgumentException when the value has neither form
     */
    public static ReceiptId ofDecision(String value) {
        if (value.length() > MAX_LENGTH || !DECISION.matcher(value).matches()) {
            throw new IllegalArgumentException("receipt id must be a UUID or receipt-{epoch-ms}-{16 hex}");
        }
        return new ReceiptId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
