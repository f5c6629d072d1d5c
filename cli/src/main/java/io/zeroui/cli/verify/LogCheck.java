package io.zeroui.cli.verify;

import io.zeroui.cli.verify.Finding.Kind;
import io.zeroui.contracts.ledger.JournalRecord;
import io.zeroui.contracts.ledger.LogEntry;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.EntryBundle;
import io.zeroui.contracts.transparency.InvalidTile;
import io.zeroui.contracts.transparency.MerkleTree;
import io.zeroui.contracts.transparency.NotVerified;
import io.zeroui.contracts.transparency.RightEdge;
import io.zeroui.contracts.transparency.SignedNote;
import io.zeroui.contracts.transparency.TilePath;
import io.zeroui.contracts.transparency.TiledTree;
import io.zeroui.contracts.transparency.VerifierKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds a log anew from the journal and compares it, file by file, with the one that is there. It is the journal that is
 * believed here: whether a line still belongs to its commitment is for {@link LineChecks}.
 */
final class LogCheck {

    private static final int BATCH = 1 << 14;
    /** More than a tile of hashes or a bundle of these logs can have. */
    private static final int MAX_TILE_BYTES = 1 << 16;
    private static final int LOOKS = 20;

    private final Path folder;
    private final String origin;
    private final @Nullable VerifierKey key;
    private final @Nullable Checkpoint earlier;
    private final Findings findings;
    private final List<byte[]> waiting = new ArrayList<>();
    private RightEdge edge = RightEdge.EMPTY;
    private @Nullable Checkpoint published;
    private @Nullable Hash publishedRoot;
    private @Nullable Hash earlierRoot;
    private final Map<Long, Hash> wantedRoots = new HashMap<>();
    private Set<Long> wanted = Set.of();
    private List<TilePath> listed = List.of();
    private long lines;
    private boolean gap;

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
        listed = tiles();
        try {
            SignedNote note = SignedNote.parse(BoundedFile.read(file, SignedNote.MAX_BYTES));
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
        } catch (IOException | IllegalArgumentException | NotVerified e) {
            findings.add(Kind.CHECKPOINT, file, 0, String.valueOf(e.getMessage()));
        }
    }

    /** Begins behind lines that are dropped, with what the log has of them; to be called before the first line. */
    void startAt(LedgerStart start) {
        if (start.sequence() == 0) {
            return;
        }
        lines = start.sequence();
        try {
            edge = RightEdge.open(this::tile, lines, start.logRoot());
            new TiledTree(this::tile, lines).requireWhole();
            for (long size : wanted) {
                if (size <= lines) {
                    wantedRoots.put(size, rootBefore(size, start));
                }
            }
            if (earlier != null && earlier.size() <= lines) {
                earlierRoot = rootBefore(earlier.size(), start);
            }
            publishedRoot = size() == lines ? start.logRoot() : publishedRoot;
        } catch (InvalidTile e) {
            gap = true;
            findings.add(Kind.TILE, folder.resolve(e.path().path()), 0, String.valueOf(e.getMessage()));
        } catch (NotVerified e) {
            gap = true;
            findings.add(Kind.TILE, folder.resolve("tile"), 0, String.valueOf(e.getMessage()));
        }
    }

    /** From the hashes of the lines that are dropped, which stay. */
    private Hash rootBefore(long size, LedgerStart start) throws NotVerified {
        TiledTree tree = new TiledTree(this::tile, start.sequence());
        Hash root = tree.rootHash(size);
        MerkleTree.verifyConsistency(size, root, start.sequence(), start.logRoot(), tree.consistencyProof(size, start.sequence()));
        return root;
    }

    /** Asks for the journal's root at further sizes; to be called before the first line. */
    void want(Set<Long> sizes) {
        wanted = Set.copyOf(sizes);
        if (wanted.contains(0L)) {
            wantedRoots.put(0L, RightEdge.EMPTY.rootHash());
        }
    }

    /** The journal's roots at the sizes that were asked for, where it reaches so far without a gap. */
    Map<Long, Hash> roots() {
        return Map.copyOf(wantedRoots);
    }

    /** Takes the journal's next line. */
    void add(JournalRecord entry) {
        gap |= entry.sequence() != lines + 1;
        lines = Math.max(lines, entry.sequence());
        if (gap) {
            return;
        }
        waiting.add(LogEntry.of(entry).bytes());
        boolean published = lines == size();
        boolean kept = earlier != null && lines == earlier.size();
        boolean asked = wanted.contains(lines);
        if (published || kept || asked || waiting.size() == BATCH) {
            append();
            if (asked) {
                wantedRoots.put(lines, edge.rootHash());
            }
            publishedRoot = published ? edge.rootHash() : publishedRoot;
            earlierRoot = kept ? edge.rootHash() : earlierRoot;
        }
    }

    private long size() {
        Checkpoint checkpoint = published;
        return checkpoint == null ? 0 : checkpoint.size();
    }

    /** Compares what is left when the journal has ended. Returns how many lines the checkpoint has. */
    long finish() {
        Path file = folder.resolve("checkpoint");
        Checkpoint checkpoint = published;
        append();
        checkListed();
        if (checkpoint == null) {
            if (lines > 0 && !Files.exists(file)) {
                findings.add(Kind.CHECKPOINT_MISSING, file, 0, "the ledger has " + lines + " lines and no checkpoint");
            }
            checkEarlier(file, null, false);
            return 0;
        }
        boolean good = !gap && lines >= checkpoint.size() && checkpoint.rootHash().equals(rootAt(checkpoint));
        if (good) {
            checkTiles(checkpoint);
        } else if (lines < checkpoint.size()) {
            findings.add(Kind.JOURNAL_CUT, file, 0,
                    "the checkpoint has " + checkpoint.size() + " lines, the journal only " + lines);
        } else if (!gap) {
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

    private @Nullable Hash rootAt(Checkpoint checkpoint) {
        return checkpoint.size() == 0 ? RightEdge.EMPTY.rootHash() : publishedRoot;
    }

    /** The right edge, as the service reads it when it goes on from its checkpoint. */
    private void checkTiles(Checkpoint checkpoint) {
        try {
            var unused = RightEdge.open(this::tile, checkpoint.size(), checkpoint.rootHash());
        } catch (InvalidTile e) {
            findings.add(Kind.TILE, folder.resolve(e.path().path()), 0, String.valueOf(e.getMessage()));
        } catch (NotVerified e) {
            findings.add(Kind.TILE, folder.resolve("tile"), 0, String.valueOf(e.getMessage()));
        }
    }

    /** The log may be ahead of its checkpoint after a crash, but never of its journal. */
    private void checkListed() {
        for (TilePath path : listed) {
            if (path.index() > lines || path.level() > 6 || end(path) > lines) {
                findings.add(Kind.JOURNAL_CUT, folder.resolve(path.path()), 0,
                        "the log has had more lines than the journal, which has " + lines);
                return;
            }
        }
    }

    /** A log in use removes partial tiles when they are full; then the look at its folders is taken again. */
    private List<TilePath> tiles() throws IOException {
        for (int attempt = 1;; attempt++) {
            try {
                return tiles(folder.resolve("tile"));
            } catch (NoSuchFileException e) {
                if (attempt == LOOKS) {
                    throw e;
                }
            }
        }
    }

    private List<TilePath> tiles(Path tiles) throws IOException {
        if (!Files.isDirectory(tiles)) {
            return List.of();
        }
        List<TilePath> found = new ArrayList<>();
        try (Stream<Path> files = Files.find(tiles, 16, (file, attributes) -> attributes.isRegularFile())) {
            for (Path file : files.toList()) {
                try {
                    found.add(TilePath.parse(folder.relativize(file).toString()));
                } catch (IllegalArgumentException e) {
                    continue; // being written, or left by a crash
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return found;
    }

    private byte[] tile(TilePath path) {
        try {
            byte[] found = read(path);
            if (found == null) {
                throw InvalidTile.missing(path);
            }
            return found;
        } catch (IOException e) {
            throw new InvalidTile(path, "cannot be read", e);
        }
    }

    private void append() {
        edge = edge.append(waiting, this::compare);
        waiting.clear();
    }

    private void compare(TilePath path, byte[] content) {
        Path file = folder.resolve(path.path());
        try {
            byte[] found = BoundedFile.read(file, MAX_TILE_BYTES);
            if (!Arrays.equals(found, content)) {
                findings.add(Kind.TILE, file, Arrays.mismatch(found, content), "is not what the journal gives");
            }
        } catch (NoSuchFileException e) {
            boolean promised = !path.isPartial() && end(path) <= size();
            if (promised) {
                findings.add(Kind.TILE, file, 0, "is missing");
            }
        } catch (IOException e) {
            findings.add(Kind.TILE, file, 0, "cannot be read: " + e.getMessage());
        }
    }

    /** How many lines a tree has that has this tile. */
    private static long end(TilePath path) {
        long each = path.isEntries() ? 1 : 1L << 8 * path.level();
        return (path.index() * TilePath.FULL_WIDTH + path.width()) * each;
    }

    /** A wider tile stands in for a partial one: no checkpoint need have had the size of which the partial one is. */
    private byte @Nullable [] read(TilePath path) throws IOException {
        List<TilePath> candidates = new ArrayList<>(List.of(path));
        if (path.isPartial()) {
            candidates.add(path.full());
            listed.stream().filter(one -> one.level() == path.level() && one.index() == path.index() && one.width() > path.width())
                    .forEach(candidates::add);
        }
        for (TilePath one : candidates) {
            try {
                byte[] content = BoundedFile.read(folder.resolve(one.path()), MAX_TILE_BYTES);
                return one.width() == path.width() ? content : narrowed(content, one.width(), path);
            } catch (NoSuchFileException e) {
                continue;
            }
        }
        return null;
    }

    private static byte[] narrowed(byte[] content, int width, TilePath path) {
        try {
            return path.isEntries() ? EntryBundle.encode(EntryBundle.decode(content, width).subList(0, path.width()))
                    : Arrays.copyOf(content, path.width() * Hash.LENGTH);
        } catch (IllegalArgumentException e) {
            throw new InvalidTile(path, "cannot be read: " + e.getMessage(), e);
        }
    }
}
