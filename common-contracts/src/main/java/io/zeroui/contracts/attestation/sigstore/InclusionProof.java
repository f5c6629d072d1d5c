package io.zeroui.contracts.attestation.sigstore;

import io.zeroui.contracts.receipts.Hash;
import java.util.List;

/**
 * That an entry is in a log's tree.
 *
 * @param index of the leaf
 * @param size of the tree, in leaves
 * @param rootHash of the tree
 * @param hashes beside the path from the leaf to the root, from below
 * @param checkpoint the log's signed note; empty when it has none
 */
public record InclusionProof(long index, long size, Hash rootHash, List<Hash> hashes, String checkpoint) {

    public InclusionProof {
        hashes = List.copyOf(hashes);
    }
}
