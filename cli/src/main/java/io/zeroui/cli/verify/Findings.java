package io.zeroui.cli.verify;

import io.zeroui.contracts.fabric.ZuRoot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What was found, in the order in which it was; the first {@value #KEPT} are kept, all are counted. Thread-safe. */
final class Findings {

    private static final int KEPT = 100;

    private final ZuRoot root;
    private final List<Finding> first = new ArrayList<>();
    private long count;

    Findings(ZuRoot root) {
        this.root = root;
    }

    synchronized void add(Finding.Kind kind, Path file, long offset, String text) {
        count++;
        if (first.size() < KEPT) {
            first.add(new Finding(kind, root.relative(file), offset, text));
        }
    }

    synchronized long count() {
        return count;
    }

    synchronized List<Finding> first() {
        return List.copyOf(first);
    }
}
