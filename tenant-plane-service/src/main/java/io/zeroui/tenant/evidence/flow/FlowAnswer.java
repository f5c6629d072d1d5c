package io.zeroui.tenant.evidence.flow;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.tenant.evidence.lookup.IndexAnswer;
import java.util.List;

/**
 * Receipts around one receipt. What a receipt names as its parent is its emitter's word: it may be missing or lead in a circle.
 *
 * @param receiptId where it begins
 * @param direction what was asked
 * @param nodes at most 1,000, each once: ancestors from the farthest, the receipt, then its siblings or its descendants
 * @param truncated whether there are more, beyond the depth or the number
 * @param cycle whether a way led to a receipt that was there already
 * @param orphanParentIds parents that are named and that the tenant's ledger does not have
 */
@JsonNaming(SnakeCaseStrategy.class)
record FlowAnswer(String receiptId, String direction, List<Node> nodes, boolean truncated, boolean cycle,
        List<String> orphanParentIds) {

    FlowAnswer {
        nodes = List.copyOf(nodes);
        orphanParentIds = List.copyOf(orphanParentIds);
    }

    /**
     * A receipt.
     *
     * @param depth steps from the receipt that was asked for: negative towards parents, 0 for itself and its siblings
     * @param index its row
     */
    record Node(int depth, IndexAnswer index) {
    }
}
