package io.zeroui.ide.receipts.index;

import io.zeroui.ide.receipts.ReceiptEntry;
import java.util.List;
import java.util.SortedMap;

/**
 * What one transaction does to the index.
 *
 * @param rows receipts to add, in the order in which they are sent on
 * @param moves known receipts of which an equal line was met; the smaller position stays
 * @param watermarks how far files are indexed afterwards
 */
record IndexChange(List<ReceiptEntry> rows, List<ReceiptEntry> moves, SortedMap<String, Long> watermarks) {
}
