package io.zeroui.contracts.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import io.zeroui.contracts.receipts.Hash;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class TiledTreeTest {

    private static final NaiveTree TREE = NaiveTree.of(700);
    private static final Map<TilePath, byte[]> FILES = TREE.files(700);

    @Property(tries = 300)
    void rootsAndProofsOfEveryEarlierTreeAreTheNaiveOnesAndVerify(@ForAll @IntRange(min = 1, max = 700) int atSize,
            @ForAll @IntRange(max = 10_000) int any) throws Exception {
        TiledTree tree = new TiledTree(new MemoryTiles(FILES), 700);
        int index = any % atSize;
        assertThat(tree.rootHash(atSize)).isEqualTo(TREE.root(atSize));
        List<Hash> inclusion = tree.inclusionProof(index, atSize);
        assertThat(inclusion).isEqualTo(TREE.inclusion(index, atSize));
        MerkleTree.verifyInclusion(TREE.leaf(index), index, atSize, inclusion, TREE.root(atSize));
        int from = any % (atSize + 1);
        List<Hash> consistency = tree.consistencyProof(from, atSize);
        assertThat(consistency).isEqualTo(TREE.consistency(from, atSize));
        MerkleTree.verifyConsistency(from, TREE.root(from), atSize, TREE.root(atSize), consistency);
    }

    @Property(tries = 100)
    void aTreeNeedsNoOtherFilesThanThoseOfItsSize(@ForAll @IntRange(min = 1, max = 700) int size,
            @ForAll @IntRange(max = 10_000) int any) {
        MemoryTiles tiles = new MemoryTiles(TREE.files(size));
        TiledTree tree = new TiledTree(tiles, size);
        int atSize = 1 + any % size;
        assertThat(tree.rootHash(atSize)).isEqualTo(TREE.root(atSize));
        assertThat(tree.inclusionProof(atSize - 1, size)).isEqualTo(TREE.inclusion(atSize - 1, size));
        assertThat(tree.consistencyProof(atSize, size)).isEqualTo(TREE.consistency(atSize, size));
    }

    @Property(tries = 100)
    void proofsInTreesOfAnySizeVerify(@ForAll @LongRange(min = 1, max = Long.MAX_VALUE) long size,
            @ForAll @LongRange(max = Long.MAX_VALUE) long any) throws Exception {
        UniformLog log = new UniformLog();
        TiledTree tree = new TiledTree(log, size);
        assertThat(tree.rootHash(size)).isEqualTo(log.root(size));
        long index = any % size;
        long from = 1 + index;
        MerkleTree.verifyInclusion(MerkleTree.leafHash(UniformLog.ENTRY), index, size, tree.inclusionProof(index, size),
                log.root(size));
        MerkleTree.verifyConsistency(from, log.root(from), size, log.root(size), tree.consistencyProof(from, size));
    }

    @Test
    void aProofReadsAFewTilesOfEachLevelOnce() {
        int[] reads = { 0 };
        UniformLog log = new UniformLog();
        TiledTree tree = new TiledTree(path -> {
            reads[0]++;
            return log.read(path);
        }, 1L << 40 | 12_345);
        assertThat(tree.inclusionProof(77, tree.size())).hasSizeGreaterThan(40);
        assertThat(reads[0]).isLessThanOrEqualTo(2 * 6);
    }

    @Test
    void theEmptyTreeNeedsNoTiles() {
        TiledTree tree = new TiledTree(new MemoryTiles(), 0);
        assertThat(tree.rootHash(0)).isEqualTo(MerkleTree.EMPTY_ROOT);
        assertThat(tree.consistencyProof(0, 0)).isEmpty();
    }

    @Test
    void whatTheTreeNeverHadIsRefused() {
        TiledTree tree = new TiledTree(new MemoryTiles(FILES), 700);
        assertThatIllegalArgumentException().isThrownBy(() -> new TiledTree(new MemoryTiles(), -1));
        assertThatIllegalArgumentException().isThrownBy(() -> tree.rootHash(701));
        assertThatIllegalArgumentException().isThrownBy(() -> tree.rootHash(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> tree.inclusionProof(0, 701));
        assertThatIllegalArgumentException().isThrownBy(() -> tree.inclusionProof(5, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> tree.inclusionProof(-1, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> tree.consistencyProof(6, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> tree.consistencyProof(-1, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> tree.consistencyProof(5, 701));
    }

    @Test
    void aMissingOrShortTileIsNamed() {
        MemoryTiles tiles = new MemoryTiles(FILES);
        TiledTree tree = new TiledTree(tiles, 700);
        byte[] tile = tiles.files.remove(TilePath.parse("tile/0/001"));
        assertThatExceptionOfType(InvalidTile.class).isThrownBy(() -> tree.inclusionProof(300, 700))
                .withMessage("tile/0/001 is missing");
        for (byte[] wrong : List.of(new byte[0], new byte[8_191], new byte[8_193], new byte[32])) {
            tiles.files.put(TilePath.parse("tile/0/001"), wrong);
            assertThatExceptionOfType(InvalidTile.class).isThrownBy(() -> tree.inclusionProof(300, 700))
                    .withMessage("tile/0/001 has " + wrong.length + " bytes, not 8192");
        }
        tiles.files.put(TilePath.parse("tile/0/001"), tile);
        assertThat(tree.inclusionProof(300, 700)).isEqualTo(TREE.inclusion(300, 700));
    }

    @Test
    void aFullTileStandsInForAPartialOneThatIsGone() {
        MemoryTiles tiles = new MemoryTiles(TREE.files(300));
        tiles.files.put(TilePath.parse("tile/0/001"), FILES.get(TilePath.parse("tile/0/001")));
        assertThat(tiles.files.remove(TilePath.parse("tile/0/001.p/44"))).hasSize(44 * 32);
        assertThat(new TiledTree(tiles, 300).rootHash(300)).isEqualTo(TREE.root(300));
    }
}
