package io.zeroui.ide.receipts.index;

/**
 * Fired after a commit: there are new rows in the index and in the outbox.
 *
 * @param rows how many
 */
public record ReceiptsIndexed(int rows) {
}
