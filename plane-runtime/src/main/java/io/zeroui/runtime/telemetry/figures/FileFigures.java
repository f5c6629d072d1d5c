package io.zeroui.runtime.telemetry.figures;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How full the disk of {@code ZU_ROOT} is, and how old the newest backup. Blocking. */
final class FileFigures {

    private static final int BACKUPS_MOST = 10_000;
    private static final long WHOLE = 1000;
    private static final List<String> UNFINISHED = List.of(".tmp", ".part", ".partial");

    private final Path root;
    private final @Nullable Path backups;

    FileFigures(Path root, @Nullable Path backups) {
        this.root = root;
        this.backups = backups;
    }

    /** The figures; what cannot be looked at is left out, and a folder of backups that has none says so. */
    Map<String, Long> figures(Instant now) {
        Map<String, Long> figures = new TreeMap<>();
        disk(figures);
        if (backups != null) {
            backups(figures, backups, now);
        }
        return figures;
    }

    private void disk(Map<String, Long> figures) {
        try {
            FileStore store = Files.getFileStore(root);
            long total = store.getTotalSpace();
            if (total > 0) {
                figures.put("disk_permille", (total - store.getUsableSpace()) / Math.max(1, total / WHOLE));
            }
        } catch (IOException e) {
            figures.remove("disk_permille"); // unknown
        }
    }

    /** A backup is a file or folder right in the folder; what is hidden or still being written is none. */
    private static void backups(Map<String, Long> figures, Path folder, Instant now) {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Instant> times = entries.limit(BACKUPS_MOST).filter(FileFigures::isFinished).map(FileFigures::changed).toList();
            figures.put("backups", (long) times.size());
            times.stream().max(Instant::compareTo)
                    .ifPresent(newest -> figures.put("backup_age_seconds", Math.max(0, Duration.between(newest, now).toSeconds())));
        } catch (IOException e) {
            figures.put("backups", 0L);
        }
    }

    private static boolean isFinished(Path entry) {
        String name = String.valueOf(entry.getFileName());
        return !name.startsWith(".") && UNFINISHED.stream().noneMatch(name::endsWith);
    }

    private static Instant changed(Path entry) {
        try {
            return Files.getLastModifiedTime(entry).toInstant();
        } catch (IOException e) {
            return Instant.EPOCH; // gone meanwhile
        }
    }
}
