package io.zeroui.runtime.fabric;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Lines that could not be accepted, one JSONL file a day, each line on disk before its {@link #add} is answered. A line
 * of a file is kept once, however often it is refused.
 *
 * <p>A day's file is bounded: beyond {@code maxDayBytes} entries are written without their line, beyond twice that they
 * are counted only. Lines of files are not lost by that, they still lie in their file.
 */
public final class Quarantine {

    /** 256 MiB. */
    public static final long DEFAULT_MAX_DAY_BYTES = 256L << 20;

    private static final Logger LOG = Logger.getLogger(Quarantine.class);
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");
    private static final Pattern CURSOR = Pattern.compile("(\\d{4}-\\d{2}-\\d{2})\\.(\\d{1,18})");
    private static final int MAX_DEPTH = 3;
    private static final int MAX_ENTRY_BYTES = 1 << 20;
    private static final int READ_LINES = 1_000;
    private static final int READ_BYTES = 4 << 20;
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .build();

    private final AppendLog log;
    private final Path folder;
    private final Function<LocalDate, Path> dayFile;
    private final Clock clock;
    private final long maxDayBytes;
    private final QuarantineIndex index = new QuarantineIndex();
    private LocalDate day = LocalDate.MIN;
    private long dayBytes;

    /**
     * How much there is.
     *
     * @param kept entries in the files
     * @param dropped entries since the start that were counted only
     * @param byReason entries in the files by name of the reason
     */
    public record Counts(long kept, long dropped, Map<String, Long> byReason) {

        public Counts {
            byReason = Collections.unmodifiableMap(new TreeMap<>(byReason));
        }
    }

    /**
     * A part of the listing.
     *
     * @param entries newest first
     * @param nextCursor where the listing goes on; null at its end
     */
    public record Page(List<QuarantineEntry> entries, @Nullable String nextCursor) {

        public Page {
            entries = List.copyOf(entries);
        }
    }

    private Quarantine(AppendLog log, Path folder, Function<LocalDate, Path> dayFile, Clock clock, long maxDayBytes) {
        this.log = log;
        this.folder = folder;
        this.dayFile = dayFile;
        this.clock = clock;
        this.maxDayBytes = maxDayBytes;
    }

    /** Opens with {@link #DEFAULT_MAX_DAY_BYTES}. */
    public static Quarantine open(AppendLog log, Path folder, Function<LocalDate, Path> dayFile, Clock clock)
            throws IOException {
        return open(log, folder, dayFile, clock, DEFAULT_MAX_DAY_BYTES);
    }

    /**
     * Reads what is there already, whole; blocks.
     *
     * @param log writes the files; they are below its root
     * @param folder above all files of this quarantine; need not exist yet
     * @param dayFile the file of a day, with the ISO date once in its path below the folder
     * @param clock says when and, in UTC, which day it is
     * @param maxDayBytes of one day's entries with their lines
     */
    public static Quarantine open(AppendLog log, Path folder, Function<LocalDate, Path> dayFile, Clock clock,
            long maxDayBytes) throws IOException {
        Quarantine quarantine = new Quarantine(log, folder, dayFile, clock, maxDayBytes);
        quarantine.load();
        return quarantine;
    }

    /** Keeps entries; those of file lines that are kept already are left out. Fails as {@link AppendLog#append} does. */
    public Uni<Void> add(List<QuarantineEntry> entries) {
        return Uni.createFrom().deferred(() -> addNow(entries));
    }

    /** Positions of the lines of a file that are in quarantine, so that a rebuild refuses the same lines again. */
    public Set<Long> offsetsOf(String file) {
        return index.offsetsOf(file);
    }

    /** How much there is, and why. */
    public Counts counts() {
        return index.counts();
    }

    /**
     * Lists entries, newest first; blocks.
     *
     * @param limit most entries in the page
     * @param cursor of the page before, or null
     * @throws IllegalArgumentException when the cursor is not one of ours or the limit is not positive
     */
    public Page list(int limit, @Nullable String cursor) throws IOException {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit must be positive");
        }
        NavigableMap<LocalDate, Path> days = days().descendingMap();
        long end = Long.MAX_VALUE;
        if (cursor != null) {
            Matcher parts = CURSOR.matcher(cursor);
            if (!parts.matches()) {
                throw new IllegalArgumentException("not a cursor of the quarantine listing");
            }
            days = days.tailMap(dayOf(parts.group(1)), true);
            end = days.containsKey(dayOf(parts.group(1))) ? Long.parseLong(parts.group(2)) : Long.MAX_VALUE;
        }
        List<QuarantineEntry> entries = new ArrayList<>();
        for (Map.Entry<LocalDate, Path> next : days.entrySet()) {
            while (end > 0) {
                if (entries.size() >= limit) {
                    return new Page(entries, next.getKey() + "." + Math.min(end, Files.size(next.getValue())));
                }
                end = collect(next.getValue(), end, limit, entries);
            }
            end = Long.MAX_VALUE;
        }
        return new Page(entries, null);
    }

    /** Adds entries that lie before {@code end}; returns where to go on, 0 at the beginning of the file. */
    private long collect(Path file, long end, int limit, List<QuarantineEntry> entries) throws IOException {
        List<Line.Complete> lines = BackwardLines.before(file, Math.min(end, log.readableEnd(file)),
                limit - entries.size());
        for (Line.Complete line : lines) {
            QuarantineEntry entry = parse(line.bytes());
            if (entry != null) {
                entries.add(entry);
            }
        }
        return lines.isEmpty() ? 0 : lines.get(lines.size() - 1).offset();
    }

    private Uni<Void> addNow(List<QuarantineEntry> entries) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        Path file = dayFile.apply(today);
        List<AppendRequest> requests = new ArrayList<>();
        List<QuarantineEntry> kept = new ArrayList<>();
        for (QuarantineEntry entry : entries) {
            if (index.contains(entry)) {
                continue;
            }
            byte[] line = lineWithinBounds(today, entry);
            if (line == null) {
                index.addDropped();
                continue;
            }
            requests.add(new AppendRequest(file, line));
            kept.add(entry);
        }
        return log.append(requests)
                .invoke(() -> kept.forEach(index::add))
                .replaceWithVoid();
    }

    /** The entry as a line, shorter when the day is full, null when it is overfull. */
    private synchronized byte @Nullable [] lineWithinBounds(LocalDate today, QuarantineEntry entry) {
        if (!today.equals(day)) {
            day = today;
            dayBytes = 0;
        }
        if (dayBytes >= 2 * maxDayBytes) {
            return null;
        }
        byte[] line = write(dayBytes < maxDayBytes ? entry : entry.withoutLine());
        boolean wasFull = dayBytes >= maxDayBytes;
        dayBytes += line.length + 1;
        if (!wasFull && dayBytes >= maxDayBytes) {
            LOG.warnf("quarantine in %s reached %d bytes for %s; further lines are noted without their content", folder,
                    dayBytes, today);
        }
        return line;
    }

    private void load() throws IOException {
        LineReader reader = new LineReader(MAX_ENTRY_BYTES);
        for (Map.Entry<LocalDate, Path> next : days().entrySet()) {
            ReadResult read = new ReadResult(List.of(), 0, ReadResult.Ending.MORE);
            while (read.more()) {
                read = reader.read(next.getValue(), read.nextOffset(), READ_LINES, READ_BYTES);
                read.lines().forEach(this::index);
            }
            day = next.getKey();
            dayBytes = read.nextOffset();
        }
    }

    private void index(Line line) {
        QuarantineEntry entry = line instanceof Line.Complete complete ? parse(complete.bytes()) : null;
        if (entry != null) {
            index.add(entry);
        }
    }

    /** The days that have a file, by day. */
    private NavigableMap<LocalDate, Path> days() throws IOException {
        NavigableMap<LocalDate, Path> days = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return days;
        }
        try (Stream<Path> files = Files.find(folder, MAX_DEPTH, (path, attributes) -> attributes.isRegularFile())) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Matcher date = DAY.matcher(folder.relativize(file).toString());
                if (date.find()) {
                    putIfOurs(days, date.group(), file);
                }
            }
        }
        return days;
    }

    private void putIfOurs(Map<LocalDate, Path> days, String date, Path file) {
        try {
            LocalDate named = LocalDate.parse(date);
            if (dayFile.apply(named).equals(file)) {
                days.put(named, file);
            }
        } catch (DateTimeParseException e) {
            LOG.debugf("%s is not a file of the quarantine", file);
        }
    }

    private static LocalDate dayOf(String date) {
        try {
            return LocalDate.parse(date);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("not a date: " + date, e);
        }
    }

    private static byte[] write(QuarantineEntry entry) {
        try {
            return JSON.writeValueAsBytes(entry);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a quarantine entry is always JSON", e);
        }
    }

    private static @Nullable QuarantineEntry parse(byte[] line) {
        try {
            return JSON.readValue(line, QuarantineEntry.class);
        } catch (IOException e) {
            LOG.debugf("a line in quarantine is not an entry: %s", e.getMessage());
            return null;
        }
    }
}
