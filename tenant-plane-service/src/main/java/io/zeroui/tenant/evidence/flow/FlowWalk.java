package io.zeroui.tenant.evidence.flow;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.smallrye.mutiny.Uni;
import io.zeroui.tenant.evidence.flow.ReceiptFlow.Direction;
import io.zeroui.tenant.evidence.index.IndexedReceipt;
import io.zeroui.tenant.evidence.lookup.IndexAnswer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** One walk from a receipt along its parents and children, level by level, that visits no receipt twice. For one thread. */
final class FlowWalk {

    private static final int MAX_NODES = 1_000;

    private final FlowStore.StoreLevels levels;
    private final IndexedReceipt start;
    private final int maxDepth;
    private final Map<String, FlowAnswer.Node> nodes = new LinkedHashMap<>();
    private final Set<String> orphanParents = new LinkedHashSet<>();
    private boolean truncated;
    private boolean cycle;

    FlowWalk(FlowStore.StoreLevels levels, IndexedReceipt start, int maxDepth) {
        this.levels = levels;
        this.start = start;
        this.maxDepth = maxDepth;
        nodes.put(start.receiptId(), node(0, start));
    }

    /** Parents of parents. */
    Uni<Void> up() {
        return up(start, 1);
    }

    /** Children of children. */
    Uni<Void> down() {
        return down(List.of(start.receiptId()), 1);
    }

    /** Those that name the same parent. */
    Uni<Void> siblings() {
        String parent = start.parentReceiptId();
        if (parent == null) {
            return Uni.createFrom().voidItem();
        }
        return levels.byId(parent).chain(found -> {
            noteOrphan(parent, found);
            return levels.childrenOf(List.of(parent), MAX_NODES + 1);
        }).invoke(found -> found.stream().filter(row -> !row.receiptId().equals(start.receiptId()))
                .forEach(row -> add(0, row))).replaceWithVoid();
    }

    /** What was found. */
    FlowAnswer answer(Direction direction) {
        List<FlowAnswer.Node> ordered = new ArrayList<>(nodes.values());
        ordered.sort(Comparator.comparingInt(FlowAnswer.Node::depth));
        return new FlowAnswer(start.receiptId(), direction.name().toLowerCase(Locale.ROOT), ordered, truncated, cycle,
                List.copyOf(orphanParents));
    }

    private Uni<Void> up(IndexedReceipt child, int depth) {
        String parent = child.parentReceiptId();
        if (parent == null) {
            return Uni.createFrom().voidItem();
        }
        if (nodes.containsKey(parent)) {
            cycle = true;
            return Uni.createFrom().voidItem();
        }
        return levels.byId(parent).chain(found -> {
            noteOrphan(parent, found);
            if (found.isEmpty() || depth > maxDepth) {
                truncated |= !found.isEmpty();
                return Uni.createFrom().voidItem();
            }
            add(-depth, found.get(0));
            return up(found.get(0), depth + 1);
        });
    }

    private Uni<Void> down(List<String> parents, int depth) {
        if (parents.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return levels.childrenOf(parents, MAX_NODES + 1).chain(found -> {
            List<String> next = new ArrayList<>();
            for (IndexedReceipt row : found) {
                if (nodes.containsKey(row.receiptId())) {
                    cycle = true;
                } else if (depth > maxDepth) {
                    truncated = true;
                } else if (add(depth, row)) {
                    next.add(row.receiptId());
                }
            }
            return down(next, depth + 1);
        });
    }

    @CanIgnoreReturnValue
    private boolean add(int depth, IndexedReceipt row) {
        if (nodes.size() >= MAX_NODES) {
            truncated = true;
            return false;
        }
        nodes.put(row.receiptId(), node(depth, row));
        return true;
    }

    private void noteOrphan(String parent, List<IndexedReceipt> found) {
        if (found.isEmpty()) {
            orphanParents.add(parent);
        }
    }

    private static FlowAnswer.Node node(int depth, IndexedReceipt row) {
        return new FlowAnswer.Node(depth, IndexAnswer.of(row));
    }
}
