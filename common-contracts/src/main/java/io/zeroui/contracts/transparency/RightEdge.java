package io.zeroui.contracts.transparency;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

import io.zeroui.contracts.receipts.Hash;

/**
 * The right edge of a log's tree, which is all that appending needs: the hashes of the partial tile of each level, the
 * entries of the partial bundle, and the roots of the perfect subtrees. Appending reads nothing, and needs about two hashes
 * for each entry and one for each level of the tree. Has O(log size) memory; immutable, so that an edge whose files could
 * not be written is simply kept. Sizes count leaves.
 */
public final class RightEdge {

    /** A size has 63 bits, so there are hashes at heights 0 to 62. */
    private static final int LEVELS = Long.SIZE / TilePath.HEIGHT;

    /** The edge of a log without entries. */
    public static final RightEdge EMPTY = new RightEdge(0, new Hash[Long.SIZE],
            Collections.nCopies(LEVELS, List.of()), List.of());

    private final long size;
    /** At each height the root of the perfect subtree there; there is one where the size has a bit. */
    private final @Nullable Hash[] subtrees;
    /** At each level the hashes of the partial tile, none when there is none. */
    private final List<List<Hash>> tails;
    private final List<byte[]> entries;

    private RightEdge(long size, @Nullable Hash[] subtrees, List<List<Hash>> tails, List<byte[]> entries) {
        this.size = size;
        this.subtrees = subtrees;
        this.tails = tails;
        this.entries = entries;
    }

    /**
     * Reads the edge of a log from its partial tiles and its partial bundle, and checks it against the checkpoint.
     *
     * @param size of the tree, as the checkpoint says
     * @param rootHash of the tree, as the checkpoint says
     * @throws IllegalArgumentException when the size is negative
     * @throws InvalidTile when a tile or the bundle is missing or damaged
     * @throws NotVerified when they are the edge of another tree
     */
    public static RightEdge open(TileSource source, long size, Hash rootHash) throws NotVerified {
        if (size < 0) {
            throw new IllegalArgumentException("a tree's size is not negative: " + size);
        }
        List<List<Hash>> tails = new ArrayList<>();
        @Nullable
        Hash[] subtrees = new Hash[Long.SIZE];
        for (int level = 0; level < LEVELS; level++) {
            long count = TilePath.countAt(size, level);
            boolean partial = count % TilePath.FULL_WIDTH > 0;
            List<Hash> tail = partial
                    ? TilePath.in(size, level, count / TilePath.FULL_WIDTH).readHashes(source)
                    : List.<Hash> of();
            tails.add(tail);
            putSubtrees(tail, level * TilePath.HEIGHT, subtrees);
        }
        RightEdge edge = new RightEdge(size, subtrees, List.copyOf(tails), readEntries(source, size, tails.get(0)));
        if (!edge.rootHash().equals(rootHash)) {
            throw new NotVerified("the tiles of " + size + " leaves do not have the root hash " + rootHash);
        }
        return edge;
    }

    /** How many leaves the tree has. */
    public long size() {
        return size;
    }

    /** The root hash of the tree. */
    public Hash rootHash() {
        Hash root = null;
        for (Hash subtree : subtrees) {
            if (subtree != null) {
                root = root == null ? subtree : MerkleTree.nodeHash(subtree, root);
            }
        }
        return root == null ? MerkleTree.EMPTY_ROOT : root;
    }

    /**
     * The edge with entries appended. The files to write are given out at once, each once, and no others: every tile and
     * bundle that is new, and the partial ones that the new size has. No file has the path of one that the present size
     * has, except that a full tile may later stand in for a partial one, which it begins with: so until the new checkpoint
     * is published, the present one stays valid whichever of the files are written. A bundle comes before the tile of its
     * leaves, and a tile before those above it.
     *
     * @param newEntries at most 65,535 bytes each
     * @param files takes a path and the bytes to write there; what it throws ends the call, and this edge stays good
     * @throws IllegalArgumentException when an entry is too long, or the size would exceed 2^63 - 1; no file is given out
     *         then
     */
    public RightEdge append(List<byte[]> newEntries, BiConsumer<TilePath, byte[]> files) {
        if (newEntries.isEmpty()) {
            return this;
        }
        newEntries.forEach(EntryBundle::requireFits);
        if (size > Long.MAX_VALUE - newEntries.size()) {
            throw new IllegalArgumentException("a tree has at most " + Long.MAX_VALUE + " leaves");
        }
        Growth growth = new Growth(this, files);
        newEntries.forEach(growth::add);
        return growth.finish();
    }

    @Override
    public String toString() {
        return "RightEdge[" + size + " leaves, " + rootHash() + "]";
    }

    private static void putSubtrees(List<Hash> tail, int height, @Nullable Hash[] subtrees) {
        int offset = 0;
        for (int bit = TilePath.HEIGHT - 1; bit >= 0; bit--) {
            int count = tail.size() & 1 << bit;
            if (count > 0) {
                subtrees[height + bit] = MerkleTree.perfectRoot(tail.subList(offset, offset + count));
                offset += count;
            }
        }
    }

    private static List<byte[]> readEntries(TileSource source, long size, List<Hash> leaves) {
        if (leaves.isEmpty()) {
            return List.of();
        }
        TilePath path = TilePath.in(size, TilePath.ENTRIES, size / TilePath.FULL_WIDTH);
        List<byte[]> entries;
        try {
            entries = EntryBundle.decode(source.read(path), path.width());
        } catch (IllegalArgumentException e) {
            throw new InvalidTile(path, "is not a bundle: " + e.getMessage(), e);
        }
        for (int i = 0; i < leaves.size(); i++) {
            if (!MerkleTree.leafHash(entries.get(i)).equals(leaves.get(i))) {
                throw new InvalidTile(path, "has an entry " + i + " that is not the tree's", null);
            }
        }
        return entries;
    }

    /** One batch on its way into the tree: a counter in base 2 for the subtrees, in base 256 for the tiles. */
    private static final class Growth {

        private final BiConsumer<TilePath, byte[]> files;
        private final @Nullable Hash[] subtrees;
        private final List<List<Hash>> tails = new ArrayList<>();
        private final List<byte[]> entries;
        private final boolean[] grown = new boolean[LEVELS];
        private long size;

        Growth(RightEdge edge, BiConsumer<TilePath, byte[]> files) {
            this.files = files;
            this.size = edge.size;
            this.subtrees = edge.subtrees.clone();
            this.entries = new ArrayList<>(edge.entries);
            edge.tails.forEach(tail -> tails.add(new ArrayList<>(tail)));
        }

        void add(byte[] entry) {
            entries.add(entry.clone());
            if (entries.size() == TilePath.FULL_WIDTH) {
                writeBundle();
                entries.clear();
            }
            Hash hash = MerkleTree.leafHash(entry);
            put(0, hash);
            int height = 0;
            for (Hash left = subtrees[height]; left != null; left = subtrees[height]) {
                hash = MerkleTree.nodeHash(left, hash);
                subtrees[height++] = null;
                if (height % TilePath.HEIGHT == 0) {
                    put(height / TilePath.HEIGHT, hash);
                }
            }
            subtrees[height] = hash;
            size++;
        }

        RightEdge finish() {
            if (!entries.isEmpty()) {
                writeBundle();
            }
            for (int level = 0; level < LEVELS; level++) {
                if (grown[level] && !tails.get(level).isEmpty()) {
                    writeTile(level, TilePath.countAt(size, level) / TilePath.FULL_WIDTH);
                }
            }
            List<List<Hash>> kept = new ArrayList<>();
            tails.forEach(tail -> kept.add(List.copyOf(tail)));
            return new RightEdge(size, subtrees, List.copyOf(kept), List.copyOf(entries));
        }

        private void put(int level, Hash hash) {
            List<Hash> tail = tails.get(level);
            tail.add(hash);
            grown[level] = true;
            if (tail.size() == TilePath.FULL_WIDTH) {
                writeTile(level, TilePath.countAt(size, level) / TilePath.FULL_WIDTH);
                tail.clear();
            }
        }

        private void writeBundle() {
            TilePath path = new TilePath(TilePath.ENTRIES, size / TilePath.FULL_WIDTH, entries.size());
            files.accept(path, EntryBundle.encode(entries));
        }

        private void writeTile(int level, long index) {
            List<Hash> tail = tails.get(level);
            files.accept(new TilePath(level, index, tail.size()), TilePath.content(tail));
        }
    }
}
