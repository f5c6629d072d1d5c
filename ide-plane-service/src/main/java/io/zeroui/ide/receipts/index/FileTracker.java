package io.zeroui.ide.receipts.index;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.ide.receipts.quarantine.ReceiptQuarantine;
import io.zeroui.ide.receipts.tail.DiskLines;
import io.zeroui.ide.receipts.tail.ReceiptFolders.Look;
import io.zeroui.ide.receipts.tail.SeenFile;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows every receipt file and how far it is indexed. Files only grow; one that was cut, replaced or removed is an alarm: a
 * quarantine note, a metric, a log line. It is then read from its start again; known receipts in it are recognised.
 */
final class FileTracker {

    private final ReceiptQuarantine quarantine;
    private final DiskLines disk;
    private final IndexQueue queue;
    private final MeterRegistry meters;
    private final Map<String, FileProgress> files = new ConcurrentHashMap<>();
    private final Set<String> strangersNoted = ConcurrentHashMap.newKeySet();

    FileTracker(ReceiptQuarantine quarantine, DiskLines disk, IndexQueue queue, MeterRegistry meters) {
        this.quarantine = quarantine;
        this.disk = disk;
        this.queue = queue;
        this.meters = meters;
    }

    void load(Map<String, Long> watermarks) {
        watermarks.forEach((file, indexedTo) -> files.put(file, new FileProgress(indexedTo)));
    }

    FileProgress progress(String file) {
        return files.computeIfAbsent(file, key -> new FileProgress(0));
    }

    /** How far each file is indexed, by path. */
    Map<String, Long> watermarks() {
        Map<String, Long> marks = new TreeMap<>();
        files.forEach((file, progress) -> marks.put(file, progress.indexedTo));
        return marks;
    }

    /** Bytes in the files that are not indexed yet. */
    long lagBytes() {
        return files.values().stream().mapToLong(file -> Math.max(0, file.knownSize - file.indexedTo)).sum();
    }

    /** Takes in what a look found. */
    Uni<Void> take(Look look) {
        Set<String> present = new HashSet<>();
        look.files().forEach(file -> present.add(file.relative()));
        return Multi.createFrom().iterable(look.files())
                .onItem().transformToUniAndConcatenate(this::take)
                .collect().asList()
                .chain(() -> noteMissing(present))
                .chain(() -> noteStrangers(look));
    }

    private Uni<Void> take(SeenFile file) {
        FileProgress progress = progress(file.relative());
        SeenFile before = progress.seen;
        progress.seen = file;
        progress.missing = false;
        progress.knownSize = file.size();
        if (before != null && !Objects.equals(before.identity(), file.identity())) {
            return restart(file, progress, "FILE_REPLACED", "another file has taken its place");
        }
        if (file.size() < progress.indexedTo) {
            return restart(file, progress, "FILE_SHRUNK",
                    "it has " + file.size() + " bytes, " + progress.indexedTo + " were indexed");
        }
        if (!progress.seamChecked) {
            progress.seamChecked = true;
            return disk.endsLine(file, progress.indexedTo).chain(good -> good ? Uni.createFrom().voidItem()
                    : restart(file, progress, "FILE_REPLACED", "no line ends at " + progress.indexedTo
                            + ", where its index ended"));
        }
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> restart(SeenFile file, FileProgress progress, String reason, String detail) {
        progress.indexedTo = 0;
        progress.readTo = -1;
        int dropped = queue.removeBefore(file.relative(), Long.MAX_VALUE).size();
        return alarm(file.relative(), reason, detail + " (" + dropped + " lines waited for the index); it is read from its start again, and `zeroui reindex ide` makes"
                + " the index agree with the files");
    }

    private Uni<Void> noteMissing(Set<String> present) {
        return Multi.createFrom().iterable(files.entrySet())
                .filter(file -> !present.contains(file.getKey()) && !file.getValue().missing
                        && file.getValue().indexedTo > 0 && mayBeMissing(file.getValue()))
                .onItem().transformToUniAndConcatenate(file -> {
                    file.getValue().missing = true;
                    file.getValue().seen = null;
                    file.getValue().readTo = -1;
                    file.getValue().knownSize = 0;
                    return alarm(file.getKey(), "FILE_MISSING",
                            file.getValue().indexedTo + " bytes of it were indexed and it is not there any more");
                })
                .collect().asList()
                .replaceWithVoid();
    }

    /** A file that was indexed from memory before the first look at it is just new. */
    private static boolean mayBeMissing(FileProgress progress) {
        progress.looksWithoutFile++;
        return progress.seen != null || progress.looksWithoutFile > 1;
    }

    private Uni<Void> noteStrangers(Look look) {
        return Multi.createFrom().iterable(look.strangers())
                .filter(strangersNoted::add)
                .onItem().transformToUniAndConcatenate(name -> alarm("ide/receipts/" + name, "UNSAFE_PATH",
                        "the folder's name is not a repository id; what is in it is not read"))
                .collect().asList()
                .replaceWithVoid();
    }

    private Uni<Void> alarm(String path, String reason, String detail) {
        meters.counter("zeroui.receipts.file.alarms", "reason", reason).increment();
        return quarantine.note(path, reason, detail);
    }
}
