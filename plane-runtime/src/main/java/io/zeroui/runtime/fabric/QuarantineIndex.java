package io.zeroui.runtime.fabric;

import io.zeroui.contracts.receipts.RefusalReason;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What lies in quarantine, in memory: which lines of which files, and how many of which reason. */
final class QuarantineIndex {

    private static final int MAX_LINES = 500_000;
    private static final int PRINT_DIGITS = 15;

    private final Map<String, Map<Long, Long>> printsByFile = new HashMap<>();
    private final Map<String, Long> countByReason = new TreeMap<>();
    private int lines;
    private long kept;
    private long dropped;

    synchronized void add(QuarantineEntry entry) {
        kept++;
        countByReason.merge(entry.reason(), 1L, Long::sum);
        String file = entry.file();
        Long offset = entry.offset();
        if (file == null || offset == null || isCutOff(entry) || lines >= MAX_LINES) {
            return;
        }
        if (printsByFile.computeIfAbsent(file, name -> new HashMap<>()).put(offset, print(entry)) == null) {
            lines++;
        }
    }

    synchronized void addDropped() {
        dropped++;
    }

    /** Whether this very line of this file is in quarantine. */
    synchronized boolean contains(QuarantineEntry entry) {
        String file = entry.file();
        Long offset = entry.offset();
        return file != null && offset != null && !isCutOff(entry)
                && print(entry).equals(printsByFile.getOrDefault(file, Map.of()).get(offset));
    }

    synchronized Set<Long> offsetsOf(String file) {
        return Collections.unmodifiableSet(new TreeSet<>(printsByFile.getOrDefault(file, Map.of()).keySet()));
    }

    synchronized Quarantine.Counts counts() {
        return new Quarantine.Counts(kept, dropped, countByReason);
    }

    /** A fragment that was cut off: another line may lie at its offset by now. */
    private static boolean isCutOff(QuarantineEntry entry) {
        return entry.reason().equals(RefusalReason.TORN_LINE.name());
    }

    /** Enough of the hash to tell two lines at the same place apart. */
    private static Long print(QuarantineEntry entry) {
        String hex = entry.sha256();
        try {
            return Long.parseLong(hex.substring(0, Math.min(PRINT_DIGITS, hex.length())), 16);
        } catch (NumberFormatException e) {
            return 0L;
        }
    }
}
