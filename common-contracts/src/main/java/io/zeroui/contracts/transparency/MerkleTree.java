package io.zeroui.contracts.transparency;

import java.util.ArrayList;
import java.util.List;

import io.zeroui.contracts.receipts.Hash;

/**
 * The Merkle tree of RFC 6962 §2.1 and RFC 9162 §2.1 with SHA-256: its hashes, and the checks of its two kinds of proof.
 * Sizes and indexes count leaves; an index is zero-based.
 */
public final class MerkleTree {

    /** The root hash of a tree without leaves: the hash of nothing. */
    public static final Hash EMPTY_ROOT = Hash.of(new byte[0]);

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private MerkleTree() {
    }

    /** The hash of a leaf: SHA-256 of a zero byte and the entry. */
    public static Hash leafHash(byte[] entry) {
        byte[] input = new byte[1 + entry.length];
        input[0] = LEAF;
        System.arraycopy(entry, 0, input, 1, entry.length);
        return Hash.of(input);
    }

    /** The hash of a node: SHA-256 of a one byte, the left hash and the right hash. */
    public static Hash nodeHash(Hash left, Hash right) {
        byte[] input = new byte[1 + 2 * Hash.LENGTH];
        input[0] = NODE;
        System.arraycopy(left.bytes(), 0, input, 1, Hash.LENGTH);
        System.arraycopy(right.bytes(), 0, input, 1 + Hash.LENGTH, Hash.LENGTH);
        return Hash.of(input);
    }

    /**
     * Checks that the leaf is in the tree, at that index (RFC 9162 §2.1.3.2). The size must come from where the root hash
     * comes from, a checkpoint: a proof alone does not always tell one size from another.
     *
     * @param proof the hashes beside the path from the leaf to the root, from below
     * @throws NotVerified when the proof does not lead to that root hash
     */
    public static void verifyInclusion(Hash leafHash, long index, long size, List<Hash> proof, Hash rootHash)
            throws NotVerified {
        if (index < 0 || index >= size) {
            throw new NotVerified("a tree of " + size + " leaves has no leaf " + index);
        }
        long node = index;
        long last = size - 1;
        Hash hash = leafHash;
        for (Hash sibling : proof) {
            requireBelowRoot(last);
            if (isRight(node) || node == last) {
                hash = nodeHash(sibling, hash);
                int unpaired = Long.numberOfTrailingZeros(node);
                node >>= unpaired;
                last >>= unpaired;
            } else {
                hash = nodeHash(hash, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        requireRoot(last, hash.equals(rootHash), rootHash);
    }

    /**
     * Checks that the later tree is the earlier one with leaves appended (RFC 9162 §2.1.4.2). Every tree extends the empty
     * one and itself, both with an empty proof.
     *
     * @throws NotVerified when the proof does not lead to both root hashes
     */
    public static void verifyConsistency(long fromSize, Hash fromRoot, long toSize, Hash toRoot, List<Hash> proof)
            throws NotVerified {
        if (fromSize < 0 || fromSize > toSize) {
            throw new NotVerified("a tree of " + toSize + " leaves does not extend one of " + fromSize);
        }
        if (fromSize == 0 || fromSize == toSize) {
            if (!proof.isEmpty()) {
                throw new NotVerified("the proof has " + proof.size() + " hashes, where none is needed");
            }
            requireRoot(0, fromSize > 0 || fromRoot.equals(EMPTY_ROOT), fromRoot);
            requireRoot(0, fromSize < toSize || toRoot.equals(fromRoot), toRoot);
            return;
        }
        boolean fromIsPerfect = Long.bitCount(fromSize) == 1;
        if (!fromIsPerfect && proof.isEmpty()) {
            throw new NotVerified("the proof is empty");
        }
        int shared = Long.numberOfTrailingZeros(fromSize);
        long node = (fromSize - 1) >> shared;
        long last = (toSize - 1) >> shared;
        Hash from = fromIsPerfect ? fromRoot : proof.get(0);
        Hash to = from;
        for (Hash sibling : fromIsPerfect ? proof : proof.subList(1, proof.size())) {
            requireBelowRoot(last);
            if (isRight(node) || node == last) {
                from = nodeHash(sibling, from);
                to = nodeHash(sibling, to);
                int unpaired = Long.numberOfTrailingZeros(node);
                node >>= unpaired;
                last >>= unpaired;
            } else {
                to = nodeHash(to, sibling);
            }
            node >>= 1;
            last >>= 1;
        }
        requireRoot(last, from.equals(fromRoot), fromRoot);
        requireRoot(last, to.equals(toRoot), toRoot);
    }

    /** The root hash of a perfect tree over these hashes, of which there is a power of two. */
    static Hash perfectRoot(List<Hash> hashes) {
        List<Hash> row = hashes;
        while (row.size() > 1) {
            List<Hash> above = new ArrayList<>(row.size() / 2);
            for (int i = 0; i < row.size(); i += 2) {
                above.add(nodeHash(row.get(i), row.get(i + 1)));
            }
            row = above;
        }
        return row.get(0);
    }

    private static void requireBelowRoot(long last) throws NotVerified {
        if (last == 0) {
            throw new NotVerified("the proof goes on beyond the root");
        }
    }

    private static void requireRoot(long last, boolean same, Hash root) throws NotVerified {
        if (last != 0) {
            throw new NotVerified("the proof ends below the root");
        }
        if (!same) {
            throw new NotVerified("the proof does not lead to the root hash " + root);
        }
    }

    private static boolean isRight(long node) {
        return (node & 1) == 1;
    }
}
