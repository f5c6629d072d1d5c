package io.zeroui.contracts.transparency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import io.zeroui.contracts.receipts.Hash;

/** A log in which all entries are the same, so that it needs no files, however large it is. */
final class UniformLog implements TileSource {

    static final byte[] ENTRY = { 'a' };

    /** The root of the perfect tree of each height. */
    private final List<Hash> perfect = new ArrayList<>(List.of(MerkleTree.leafHash(ENTRY)));

    UniformLog() {
        for (int height = 1; height < 63; height++) {
            Hash below = perfect.get(height - 1);
            perfect.add(MerkleTree.nodeHash(below, below));
        }
    }

    @Override
    public byte[] read(TilePath path) {
        return path.isEntries() ? EntryBundle.encode(Collections.nCopies(path.width(), ENTRY))
                : TilePath.content(Collections.nCopies(path.width(), perfect.get(8 * path.level())));
    }

    void verifyWritten(TilePath path, byte[] content) {
        assertThat(content).as(path.path()).isEqualTo(read(path));
    }

    /** The root hash as RFC 6962 defines it. */
    Hash root(long size) {
        long split = Long.highestOneBit(size);
        Hash left = perfect.get(Long.numberOfTrailingZeros(split));
        return split == size ? left : MerkleTree.nodeHash(left, root(size - split));
    }
}
