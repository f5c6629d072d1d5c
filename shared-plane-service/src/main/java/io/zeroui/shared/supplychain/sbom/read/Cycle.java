package io.zeroui.shared.supplychain.sbom.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks for a cycle in a graph without recursion: a chain may be as long as there are components. */
final class Cycle {

    private final int[] first;
    private final int[] targets;

    private Cycle(int nodes, int[] from, int[] to) {
        first = new int[nodes + 1];
        targets = new int[to.length];
        for (int parent : from) {
            first[parent + 1]++;
        }
        for (int i = 0; i < nodes; i++) {
            first[i + 1] += first[i];
        }
        int[] next = first.clone();
        for (int i = 0; i < to.length; i++) {
            targets[next[from[i]]++] = to[i];
        }
    }

    /** The nodes of a cycle, the first one again at its end; nothing where there is none. */
    static Optional<List<Integer>> find(int nodes, int[] from, int[] to) {
        return new Cycle(nodes, from, to).find(nodes);
    }

    private Optional<List<Integer>> find(int nodes) {
        byte[] state = new byte[nodes];
        int[] path = new int[nodes];
        int[] next = first.clone();
        for (int start = 0; start < nodes; start++) {
            if (state[start] != 0) {
                continue;
            }
            int depth = 0;
            path[0] = start;
            state[start] = 1;
            while (depth >= 0) {
                int node = path[depth];
                if (next[node] == first[node + 1]) {
                    state[node] = 2;
                    depth--;
                    continue;
                }
                int child = targets[next[node]++];
                if (state[child] == 1) {
                    return Optional.of(cycle(path, depth, child));
                }
                if (state[child] == 0) {
                    state[child] = 1;
                    path[++depth] = child;
                }
            }
        }
        return Optional.empty();
    }

    private static List<Integer> cycle(int[] path, int depth, int child) {
        List<Integer> nodes = new ArrayList<>();
        boolean isInside = false;
        for (int i = 0; i <= depth; i++) {
            isInside |= path[i] == child;
            if (isInside) {
                nodes.add(path[i]);
            }
        }
        nodes.add(child);
        return nodes;
    }
}
