package io.zeroui.contracts.transparency;

import io.zeroui.contracts.receipts.Hash;
import java.util.ArrayList;
import java.util.List;

/** A Merkle tree of RFC 6962 §2.1 whose leaf hashes are all in memory: its root hash and its inclusion proofs. */
public final class SmallTree {

    private SmallTree() {
    }

    /** The root hash; {@link MerkleTree#EMPTY_ROOT} without leaves. */
    public static Hash root(List<Hash> leaves) {
        return switch (leaves.size()) {
            case 0 -> MerkleTree.EMPTY_ROOT;
            case 1 -> leaves.get(0);
            default -> {
                int left = leftSize(leaves.size());
                yield MerkleTree.nodeHash(root(leaves.subList(0, left)), root(leaves.subList(left, leaves.size())));
            }
        };
    }

    /**
     * The hashes beside the path from that leaf to the root, from below, as {@link MerkleTree#verifyInclusion} wants them.
     *
     * @throws IllegalArgumentException when there is no such leaf
     */
    public static List<Hash> inclusion(List<Hash> leaves, int index) {
        if (index < 0 || index >= leaves.size()) {
            throw new IllegalArgumentException("a tree of " + leaves.size() + " leaves has no leaf " + index);
        }
        List<Hash> proof = new ArrayList<>();
        collect(leaves, index, proof);
        return proof;
    }

    private static void collect(List<Hash> leaves, int index, List<Hash> proof) {
        if (leaves.size() == 1) {
            return;
        }
        int left = leftSize(leaves.size());
        List<Hash> before = leaves.subList(0, left);
        List<Hash> behind = leaves.subList(left, leaves.size());
        if (index < left) {
            collect(before, index, proof);
            proof.add(root(behind));
        } else {
            collect(behind, index - left, proof);
            proof.add(root(before));
        }
    }

    /** The greatest power of two below the size. */
    private static int leftSize(int size) {
        return Integer.highestOneBit(size - 1);
    }
}
