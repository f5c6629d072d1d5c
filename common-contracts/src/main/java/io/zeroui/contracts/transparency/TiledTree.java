package io.zeroui.contracts.transparency;

import io.zeroui.contracts.receipts.Hash;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The Merkle tree of RFC 6962 that lies in the tiles of a log: its root hash and its proofs, at its size and at every
 * earlier one. Reads, for one answer, at most a few tiles of each level. It believes the tiles: whoever takes the answer
 * checks it against a checkpoint with {@link MerkleTree}. Sizes and indexes count leaves. Immutable.
 */
public final class TiledTree {

    private final TileSource source;
    private final long size;

    /**
     * The tree of that size.
     *
     * @param source has the tiles of a tree of that size, or of a larger one
     * @throws IllegalArgumentException when the size is negative
     */
    public TiledTree(TileSource source, long size) {
        if (size < 0) {
            throw new IllegalArgumentException("a tree's size is not negative: " + size);
        }
        this.source = source;
        this.size = size;
    }

    /** How many leaves it has. */
    public long size() {
        return size;
    }

    /**
     * The root hash that the tree had at a size.
     *
     * @throws IllegalArgumentException when it never had that size
     * @throws InvalidTile when a tile is missing or has the wrong length
     */
    public Hash rootHash(long atSize) {
        requireSize(atSize);
        return atSize == 0 ? MerkleTree.EMPTY_ROOT : new Nodes().rootOf(0, atSize);
    }

    /**
     * Checks that every full tile has the root that the tile above it says: no hash of a leaf can be another one then, where the
     * root hash is the right one.
     *
     * @throws InvalidTile when a tile is missing, has the wrong length or another root
     */
    public void requireWhole() {
        for (int level = 0; TilePath.countAt(size, level) >= TilePath.FULL_WIDTH; level++) {
            List<Hash> above = List.of();
            long full = TilePath.countAt(size, level) / TilePath.FULL_WIDTH;
            for (long index = 0; index < full; index++) {
                int place = (int) (index % TilePath.FULL_WIDTH);
                if (place == 0) {
                    above = TilePath.in(size, level + 1, index / TilePath.FULL_WIDTH).readHashes(source);
                }
                TilePath path = new TilePath(level, index, TilePath.FULL_WIDTH);
                if (!MerkleTree.perfectRoot(path.readHashes(source)).equals(above.get(place))) {
                    throw new InvalidTile(path, "does not have the root that the tile above it has", null);
                }
            }
        }
    }

    /**
     * The proof that a leaf is in the tree of a size (RFC 6962 §2.1.1), the lowest hash first.
     *
     * @throws IllegalArgumentException when it never had that size, or has no such leaf then
     * @throws InvalidTile when a tile is missing or has the wrong length
     */
    public List<Hash> inclusionProof(long index, long atSize) {
        requireSize(atSize);
        if (index < 0 || index >= atSize) {
            throw new IllegalArgumentException("a tree of " + atSize + " leaves has no leaf " + index);
        }
        Nodes nodes = new Nodes();
        List<Hash> proof = new ArrayList<>();
        long begin = 0;
        long end = atSize;
        while (end - begin > 1) {
            long middle = middle(begin, end);
            if (index < middle) {
                proof.add(nodes.rootOf(middle, end));
                end = middle;
            } else {
                proof.add(nodes.rootOf(begin, middle));
                begin = middle;
            }
        }
        Collections.reverse(proof);
        return List.copyOf(proof);
    }

    /**
     * The proof that the tree of one size is the start of the tree of another (RFC 6962 §2.1.2). It is empty when the
     * sizes are the same, and from the empty tree.
     *
     * @throws IllegalArgumentException when the tree never had one of the sizes, or the first is the larger one
     * @throws InvalidTile when a tile is missing or has the wrong length
     */
    public List<Hash> consistencyProof(long fromSize, long toSize) {
        requireSize(toSize);
        if (fromSize < 0 || fromSize > toSize) {
            throw new IllegalArgumentException("a tree of " + toSize + " leaves does not extend one of " + fromSize);
        }
        if (fromSize == 0) {
            return List.of();
        }
        Nodes nodes = new Nodes();
        List<Hash> proof = new ArrayList<>();
        long begin = 0;
        long end = toSize;
        while (fromSize != end) {
            long middle = middle(begin, end);
            if (fromSize <= middle) {
                proof.add(nodes.rootOf(middle, end));
                end = middle;
            } else {
                proof.add(nodes.rootOf(begin, middle));
                begin = middle;
            }
        }
        if (begin > 0) {
            proof.add(nodes.rootOf(begin, end));
        }
        Collections.reverse(proof);
        return List.copyOf(proof);
    }

    /** Where RFC 6962 parts a range of more than one leaf: after the largest power of two that is less than all. */
    private static long middle(long begin, long end) {
        return begin + Long.highestOneBit(end - begin - 1);
    }

    private void requireSize(long atSize) {
        if (atSize < 0 || atSize > size) {
            throw new IllegalArgumentException("a tree of " + size + " leaves never had the size " + atSize);
        }
    }

    /** The nodes for one answer, which reads each tile once. */
    private final class Nodes {

        private final Map<TilePath, List<Hash>> tiles = new HashMap<>();

        /** The hash over the leaves from begin until before end, which are a subtree in the sense of RFC 6962. */
        Hash rootOf(long begin, long end) {
            long count = end - begin;
            if (Long.bitCount(count) == 1) {
                int height = Long.numberOfTrailingZeros(count);
                return perfect(height, begin >> height);
            }
            long middle = middle(begin, end);
            return MerkleTree.nodeHash(rootOf(begin, middle), rootOf(middle, end));
        }

        /** The node at a height above the leaves, counted from the left. */
        private Hash perfect(int height, long index) {
            int withinTile = height % TilePath.HEIGHT;
            long first = index << withinTile;
            TilePath path = TilePath.in(size, height / TilePath.HEIGHT, first / TilePath.FULL_WIDTH);
            List<Hash> tile = tiles.computeIfAbsent(path, absent -> absent.readHashes(source));
            int offset = (int) (first % TilePath.FULL_WIDTH);
            return MerkleTree.perfectRoot(tile.subList(offset, offset + (1 << withinTile)));
        }
    }
}
