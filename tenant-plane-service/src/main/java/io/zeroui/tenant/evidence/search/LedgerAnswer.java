package io.zeroui.tenant.evidence.search;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.tenant.evidence.index.IndexedReceipt;
import io.zeroui.tenant.evidence.lookup.IndexAnswer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * A stretch of the ledger. Nothing comes into it later: what is indexed has no gap below its end.
 *
 * @param items the receipts in it that meet the filters, in the ledger's order
 * @param after it begins behind this ledger sequence
 * @param to it ends with this one: the next stretch is the one after it
 * @param last the end of what is indexed
 */
@JsonNaming(SnakeCaseStrategy.class)
record LedgerAnswer(List<IndexAnswer> items, long after, long to, long last) {

    LedgerAnswer {
        items = List.copyOf(items);
    }

    /** Nothing behind {@code at}. */
    static LedgerAnswer empty(long at, long last) {
        return new LedgerAnswer(List.of(), at, at, last);
    }

    /**
     * The stretch that was looked at; where there were as many rows as were asked for, it ends with the last of them.
     *
     * @param rows in the order in which they were looked for
     */
    static LedgerAnswer of(List<IndexedReceipt> rows, long after, long to, long last, boolean backward, int limit) {
        boolean full = rows.size() == limit;
        List<IndexedReceipt> inOrder = new ArrayList<>(rows);
        if (backward) {
            Collections.reverse(inOrder);
        }
        long begin = full && backward ? inOrder.get(0).ledgerSequence() - 1 : after;
        long end = full && !backward ? inOrder.get(limit - 1).ledgerSequence() : to;
        return new LedgerAnswer(inOrder.stream().map(IndexAnswer::of).toList(), begin, end, last);
    }
}
