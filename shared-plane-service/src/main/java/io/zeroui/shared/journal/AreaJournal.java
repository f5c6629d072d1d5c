package io.zeroui.shared.journal;

import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.fabric.Line;
import io.zeroui.runtime.fabric.LineReader;
import io.zeroui.runtime.fabric.ReadResult;
import io.zeroui.runtime.fabric.records.RecordFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One area's {@code journal.jsonl}. Acts are appended one after the other. After a failure to write nobody knows what is on the disk,
 * so the journal is read again before anything else. Blocking.
 */
final class AreaJournal {

    /** Every so many acts the position in the file is remembered. */
    private static final int STRIDE = 128;
    private static final int READ_BYTES = 4 << 20;

    private final Path file;
    private final RecordFile records;
    private @Nullable State state;

    AreaJournal(Path file) {
        this.file = file;
        this.records = new RecordFile(file, ActLine.LIMITS.maxBytes());
    }

    /** How far it goes. */
    private static final class State {
        private long last;
        private Hash hash = Hash.ZERO;
        private Instant at = Instant.EPOCH;
        private final List<Long> offsets = new ArrayList<>();

        void add(ActLine line, long offset) {
            Act act = line.act();
            if (act.number() != last + 1 || !line.previous().equals(hash) || act.at().isBefore(at)) {
                throw new IllegalArgumentException("act " + act.number() + " does not go on from act " + last);
            }
            if (last % STRIDE == 0) {
                offsets.add(offset);
            }
            last = act.number();
            hash = line.hash();
            at = act.at();
        }
    }

    /** Number of the last act, 0 where there is none. */
    synchronized long last() throws IOException {
        return state().last;
    }

    private State state() throws IOException {
        State known = state;
        if (known == null) {
            State fresh = new State();
            records.read(line -> add(fresh, line));
            state = fresh;
            known = fresh;
        }
        return known;
    }

    private void add(State to, Line line) throws IOException {
        ActLine act = act(line);
        try {
            to.add(act, line.offset());
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is not as it was written: " + e.getMessage(), e);
        }
    }

    /**
     * Appends an act; it is on the disk when this returns.
     *
     * @param now the present time
     * @throws IOException when it may be there or not
     * @throws IllegalArgumentException when it is too long for a line, or its detail has no canonical form; then it is not there
     */
    synchronized Act append(String by, Draft draft, Instant now) throws IOException {
        State known = state();
        Instant at = now.isBefore(known.at) ? known.at : now;
        byte[] bytes = ActLine.write(new Act(known.last + 1, at, by, draft.kind(), draft.detail()), known.hash);
        ActLine line = readable(bytes);
        state = null;
        long offset = Files.exists(file) ? Files.size(file) : 0;
        records.append(List.of(bytes));
        known.add(line, offset);
        state = known;
        return line.act();
    }

    /** What was written is what will be read: so numbers beyond doubles or too long lines are found now. */
    private static ActLine readable(byte[] bytes) {
        if (bytes.length > ActLine.LIMITS.maxBytes()) {
            throw new IllegalArgumentException("an act of " + bytes.length + " bytes is too long for a line");
        }
        return ActLine.read(bytes);
    }

    /**
     * Acts from one on, at most so many and at most about 4 MiB of them; none behind the last.
     *
     * @param from number of the first, at least 1
     */
    synchronized List<ActLine> read(long from, int most) throws IOException {
        State known = state();
        List<ActLine> found = new ArrayList<>();
        if (from > known.last) {
            return found;
        }
        LineReader reader = new LineReader(ActLine.LIMITS.maxBytes());
        long offset = known.offsets.get((int) ((from - 1) / STRIDE));
        int bytes = 0;
        while (found.size() < most && bytes < READ_BYTES) {
            ReadResult read = reader.read(file, offset, STRIDE, READ_BYTES);
            for (Line line : read.lines()) {
                ActLine act = act(line);
                if (act.act().number() >= from && found.size() < most) {
                    found.add(act);
                    bytes += (int) line.length();
                }
            }
            offset = read.nextOffset();
            if (!read.more()) {
                return found;
            }
        }
        return found;
    }

    private ActLine act(Line line) throws IOException {
        try {
            if (line instanceof Line.Complete complete) {
                return ActLine.read(complete.bytes());
            }
        } catch (IllegalArgumentException e) {
            throw new IOException("the line at byte " + line.offset() + " of " + file + " is no act: " + e.getMessage(), e);
        }
        throw new IOException("the line at byte " + line.offset() + " of " + file + " is too long");
    }
}
