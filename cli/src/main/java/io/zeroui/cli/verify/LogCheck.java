package io.zeroui.cli.verify;

import io.zeroui.cli.verify.Finding.Kind;
import io.zeroui.contracts.ledger.JournalEntry;
import io.zeroui.contracts.ledger.LogEntry;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.NotVerified;
import io.zeroui.contracts.transparency.RightEdge;
import io.zeroui.contracts.transparency.SignedNote;
import io.zeroui.contracts.transparency.TilePath;
import io.zeroui.contracts.transparency.VerifierKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds a log anew from the journal and compares it, file by file, with the one that is there. It is the journal that is
 * believed here: whether a line still belongs to its commitment is for {@link LineChecks}.
 */
final class LogCheck {

    private static final int BATCH = 1 << 14;

    private final Path folder;
    private final String origin;
    private final @Nullable VerifierKey key;
    private final @Nullable Checkpoint earlier;
    private final Findings findings;
    private final List<byte[]> waiting = new ArrayList<>();
    private RightEdge edge = RightEdge.EMPTY;
    private @Nullable Checkpoint published;
    private @Nullable Hash earlierRoot;
    private long lines;

    /**
     * A check of one log.
     *
     * @param key null where nobody knows the log's key: then the signature is not checked
     * @param earlier a checkpoint that was seen before; null for none
     */
    LogCheck(Path folder, String origin, @Nullable VerifierKey key, @Nullable Checkpoint earlier, Findings findings) {
        this.folder = folder;
        this.origin = origin;
        this.key = key;
        this.earlier = earlier;
        this.findings = findings;
    }

    /** Reads the checkpoint; to be called first. */
    void begin() throws IOException {
        Path file = folder.resolve("checkpoint");
        try {
            SignedNote note = SignedNote.parse(Files.readAllBytes(file));
            if (key != null) {
                var unused = note.verify(List.of(key));
            }
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            if (!checkpoint.origin().equals(origin)) {
                throw new IllegalArgumentException("it is of the log " + checkpoint.origin() + ", not " + origin);
            }
            published = checkpoint;
        } catch (NoSuchFileException e) {
            return;
        } catch (IllegalArgumentException | NotVerified e) {
            findings.add(Kind.CHECKPOINT, file, 0, String.valueOf(e.getMessage()));
        }
    }

    /** Takes the journal's next line. */
    void add(JournalEntry entry) {
        lines++;
        Checkpoint checkpoint = published;
        if (checkpoint == null || lines > checkpoint.size()) {
            return;
        }
        waiting.add(LogEntry.of(entry).bytes());
        boolean ends = lines == checkpoint.size() || earlier != null && lines == earlier.size();
        if (ends || waiting.size() == BATCH) {
            append(lines == checkpoint.size());
            if (earlier != null && lines == earlier.size()) {
                earlierRoot = edge.rootHash();
            }
        }
    }

    /** Compares what is left when the journal has ended. Returns how many lines the checkpoint has. */
    long finish() {
        Path file = folder.resolve("checkpoint");
        Checkpoint checkpoint = published;
        if (checkpoint == null) {
            if (lines > 0 && !Files.exists(file)) {
                findings.add(Kind.CHECKPOINT_MISSING, file, 0, "the ledger has " + lines + " lines and no checkpoint");
            }
            checkEarlier(file, null, false);
            return 0;
        }
        boolean good = lines >= checkpoint.size() && edge.rootHash().equals(checkpoint.rootHash());
        if (lines < checkpoint.size()) {
            findings.add(Kind.JOURNAL_CUT, file, 0,
                    "the checkpoint has " + checkpoint.size() + " lines, the journal only " + lines);
        } else if (!good) {
            findings.add(Kind.ROOT, file, 0, "the journal's first " + checkpoint.size() + " lines have another root hash");
        }
        checkEarlier(file, checkpoint, good);
        return checkpoint.size();
    }

    /**
     * Compares with the checkpoint that was kept.
     *
     * @param now null where there is no checkpoint to be believed
     * @param journalIsGood whether the journal is that of the present checkpoint, so that its earlier roots tell something
     */
    private void checkEarlier(Path file, @Nullable Checkpoint now, boolean journalIsGood) {
        Checkpoint before = earlier;
        if (before == null) {
            return;
        }
        long size = now == null ? 0 : now.size();
        if (!before.origin().equals(origin)) {
            findings.add(Kind.FORK, file, 0, "the earlier checkpoint is of the log " + before.origin());
        } else if (before.size() > size) {
            findings.add(Kind.FORK, file, 0, "an earlier checkpoint had " + before.size() + " lines, this one has " + size);
        } else if (now != null && before.size() > 0 && isAnother(before, now, journalIsGood)) {
            findings.add(Kind.FORK, file, 0, "the first " + before.size() + " lines are not those of an earlier checkpoint");
        }
    }

    private boolean isAnother(Checkpoint before, Checkpoint now, boolean journalIsGood) {
        return before.size() == now.size() ? !before.rootHash().equals(now.rootHash())
                : journalIsGood && !before.rootHash().equals(earlierRoot);
    }

    private void append(boolean last) {
        edge = edge.append(waiting, (path, content) -> {
            if (last || !path.isPartial()) {
                compare(path, content);
            }
        });
        waiting.clear();
    }

    private void compare(TilePath path, byte[] content) {
        Path file = folder.resolve(path.path());
        try {
            byte[] found = read(path);
            if (found == null) {
                findings.add(Kind.TILE, file, 0, "is missing");
            } else if (Arrays.mismatch(found, 0, Math.min(found.length, content.length), content, 0, content.length) >= 0) {
                findings.add(Kind.TILE, file, Arrays.mismatch(found, content), "is not what the journal gives");
            } else if (found.length > content.length && !path.isPartial()) {
                findings.add(Kind.TILE, file, content.length, "has more bytes than the journal gives");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A full tile stands in for a partial one. */
    private byte @Nullable [] read(TilePath path) throws IOException {
        for (TilePath one : path.isPartial() ? List.of(path, path.full()) : List.of(path)) {
            Path file = folder.resolve(one.path());
            if (Files.exists(file)) {
                return Files.readAllBytes(file);
            }
        }
        return null;
    }
}
