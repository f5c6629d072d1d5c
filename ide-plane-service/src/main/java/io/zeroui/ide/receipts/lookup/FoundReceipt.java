package io.zeroui.ide.receipts.lookup;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;

/**
 * One receipt.
 *
 * @param receipt the receipt as it is stored
 * @param rawBase64 its line's bytes, base64: what the hash is over
 * @param index what the index knows of it
 * @param indexed false in the moment between append and index
 */
public record FoundReceipt(@JsonRawValue String receipt, @JsonProperty("raw_base64") String rawBase64,
        ReceiptView index, boolean indexed) {
}
