package io.zeroui.contracts.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import io.zeroui.contracts.receipts.Hash;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** With the leaves, roots and proofs that the implementations of RFC 6962 share as test vectors. */
class MerkleTreeTest {

    private static final NaiveTree PUBLISHED = new NaiveTree(Stream
            .of("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
            .map(HexFormat.of()::parseHex).toList());
    private static final List<Hash> ROOTS = hashes("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
    private static final List<Hash> LEAF_0_OF_8 = hashes("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
    private static final List<Hash> LEAF_5_OF_8 = hashes("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    private static final List<Hash> FROM_6_TO_8 = hashes("0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7");
    private static final List<Hash> FROM_2_TO_5 = hashes("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b");

    private static final NaiveTree TREE = NaiveTree.of(130);

    @Test
    void thePublishedRootsAreThoseOfTheDefinitionAndOfTheTiles() {
        assertThat(MerkleTree.EMPTY_ROOT).isEqualTo(ROOTS.get(0));
        RightEdge edge = RightEdge.EMPTY;
        MemoryTiles tiles = new MemoryTiles();
        for (int size = 0; size <= 8; size++) {
            assertThat(PUBLISHED.root(size)).isEqualTo(ROOTS.get(size));
            assertThat(edge.rootHash()).isEqualTo(ROOTS.get(size));
            assertThat(new TiledTree(tiles, size).rootHash(size)).isEqualTo(ROOTS.get(size));
            edge = size == 8 ? edge : edge.append(PUBLISHED.entries(size, size + 1), tiles.files::put);
        }
    }

    @Test
    void thePublishedProofsAreMadeAndVerify() throws Exception {
        TiledTree tree = new TiledTree(new MemoryTiles(PUBLISHED.files(8)), 8);
        assertThat(tree.inclusionProof(0, 8)).isEqualTo(LEAF_0_OF_8);
        assertThat(tree.inclusionProof(5, 8)).isEqualTo(LEAF_5_OF_8);
        assertThat(tree.consistencyProof(1, 8)).isEqualTo(LEAF_0_OF_8);
        assertThat(tree.consistencyProof(6, 8)).isEqualTo(FROM_6_TO_8);
        assertThat(tree.consistencyProof(2, 5)).isEqualTo(FROM_2_TO_5);
        MerkleTree.verifyInclusion(PUBLISHED.leaf(0), 0, 8, LEAF_0_OF_8, ROOTS.get(8));
        MerkleTree.verifyInclusion(PUBLISHED.leaf(5), 5, 8, LEAF_5_OF_8, ROOTS.get(8));
        MerkleTree.verifyConsistency(1, ROOTS.get(1), 8, ROOTS.get(8), LEAF_0_OF_8);
        MerkleTree.verifyConsistency(6, ROOTS.get(6), 8, ROOTS.get(8), FROM_6_TO_8);
        MerkleTree.verifyConsistency(2, ROOTS.get(2), 5, ROOTS.get(5), FROM_2_TO_5);
    }

    @Test
    void aProofSaysWhyItDoesNotHold() {
        assertThat(inclusionRefused(8, 8, LEAF_0_OF_8, ROOTS.get(8))).isEqualTo("a tree of 8 leaves has no leaf 8");
        assertThat(inclusionRefused(-1, 8, LEAF_0_OF_8, ROOTS.get(8))).isEqualTo("a tree of 8 leaves has no leaf -1");
        assertThat(inclusionRefused(0, 8, LEAF_0_OF_8.subList(0, 2), ROOTS.get(8))).contains("ends below the root");
        assertThat(inclusionRefused(0, 4, LEAF_0_OF_8, ROOTS.get(8))).contains("beyond the root");
        assertThat(inclusionRefused(0, 8, LEAF_0_OF_8, ROOTS.get(7))).contains(ROOTS.get(7).hex());
        assertThat(consistencyRefused(8, 6, FROM_6_TO_8)).contains("does not extend");
        assertThat(consistencyRefused(-1, 6, FROM_6_TO_8)).contains("does not extend");
        assertThat(consistencyRefused(6, 8, List.of())).contains("empty");
        assertThat(consistencyRefused(8, 8, FROM_6_TO_8)).contains("3 hashes, where none is needed");
        assertThat(consistencyRefused(6, 8, FROM_6_TO_8.subList(0, 2))).contains("ends below the root");
    }

    @Test
    void everyTreeExtendsItselfAndTheEmptyTreeWhoseRootIsKnown() throws Exception {
        MerkleTree.verifyConsistency(0, ROOTS.get(0), 8, ROOTS.get(8), List.of());
        MerkleTree.verifyConsistency(0, ROOTS.get(0), 0, ROOTS.get(0), List.of());
        MerkleTree.verifyConsistency(5, ROOTS.get(5), 5, ROOTS.get(5), List.of());
        assertThat(holds(0, ROOTS.get(1), 8, ROOTS.get(8), List.of())).isFalse();
        assertThat(holds(0, ROOTS.get(1), 0, ROOTS.get(1), List.of())).isFalse();
        assertThat(holds(0, ROOTS.get(0), 0, ROOTS.get(1), List.of())).isFalse();
        assertThat(holds(5, ROOTS.get(5), 5, ROOTS.get(6), List.of())).isFalse();
    }

    @Property(tries = 500)
    void anInclusionProofHoldsForItsLeafAloneAndUnchanged(@ForAll @IntRange(min = 1, max = 130) int size,
            @ForAll @IntRange(max = 1_000) int anyIndex, @ForAll @IntRange(max = 1 << 20) int noise) {
        int index = anyIndex % size;
        Hash leaf = TREE.leaf(index);
        Hash root = TREE.root(size);
        List<Hash> proof = TREE.inclusion(index, size);
        assertThat(holds(leaf, index, size, proof, root)).isTrue();
        assertThat(holds(flip(leaf, noise), index, size, proof, root)).isFalse();
        assertThat(holds(leaf, index, size, proof, flip(root, noise))).isFalse();
        assertThat(changes(proof, noise)).noneMatch(changed -> holds(leaf, index, size, changed, root));
        for (int other = 0; other < size; other++) {
            assertThat(holds(leaf, other, size, proof, root)).isEqualTo(other == index);
        }
    }

    @Property(tries = 500)
    void aConsistencyProofHoldsUnchangedAlone(@ForAll @IntRange(min = 1, max = 130) int to,
            @ForAll @IntRange(max = 1_000) int anyFrom, @ForAll @IntRange(max = 1 << 20) int noise) {
        int from = 1 + anyFrom % to;
        Hash fromRoot = TREE.root(from);
        Hash toRoot = TREE.root(to);
        List<Hash> proof = TREE.consistency(from, to);
        assertThat(holds(from, fromRoot, to, toRoot, proof)).isTrue();
        assertThat(holds(from, flip(fromRoot, noise), to, toRoot, proof)).isFalse();
        assertThat(holds(from, fromRoot, to, flip(toRoot, noise), proof)).isFalse();
        assertThat(changes(proof, noise)).noneMatch(changed -> holds(from, fromRoot, to, toRoot, changed));
    }

    /** The sizes are not in the hashes: another size passes where the path is the same, and nowhere else. */
    @Property(tries = 1_000)
    void anotherSizePassesOnlyWhereThePathIsTheSame(@ForAll @IntRange(min = 1, max = 130) int size,
            @ForAll @IntRange(max = 1_000) int any, @ForAll @LongRange(min = -2, max = 300) long otherSize,
            @ForAll @LongRange(min = -2, max = 300) long otherFrom) {
        int index = any % size;
        boolean samePath = index < otherSize
                && NaiveTree.inclusionShape(index, otherSize).equals(NaiveTree.inclusionShape(index, size));
        assertThat(holds(TREE.leaf(index), index, otherSize, TREE.inclusion(index, size), TREE.root(size)))
                .isEqualTo(samePath);
        int from = 1 + index;
        boolean sameTrees = otherFrom > 0 && otherFrom <= otherSize && NaiveTree
                .consistencyShape(otherFrom, otherSize, true).equals(NaiveTree.consistencyShape(from, size, true));
        assertThat(holds(otherFrom, TREE.root(from), otherSize, TREE.root(size), TREE.consistency(from, size)))
                .isEqualTo(sameTrees);
    }

    @Property(tries = 1_000)
    void noNumbersAndNoProofMakeVerificationFailOtherwise(@ForAll long a, @ForAll long b,
            @ForAll @IntRange(max = 70) int length) {
        List<Hash> proof = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            proof.add(TREE.leaf(i));
        }
        assertThat(holds(TREE.leaf(0), a, b, proof, TREE.root(9))).isFalse();
        assertThat(holds(a, TREE.root(3), b, TREE.root(9), proof)).isFalse();
    }

    private static boolean holds(Hash leaf, long index, long size, List<Hash> proof, Hash root) {
        try {
            MerkleTree.verifyInclusion(leaf, index, size, proof, root);
            return true;
        } catch (NotVerified e) {
            return false;
        }
    }

    private static boolean holds(long from, Hash fromRoot, long to, Hash toRoot, List<Hash> proof) {
        try {
            MerkleTree.verifyConsistency(from, fromRoot, to, toRoot, proof);
            return true;
        } catch (NotVerified e) {
            return false;
        }
    }

    private static String inclusionRefused(long index, long size, List<Hash> proof, Hash root) {
        List<String> reason = new ArrayList<>();
        assertThatExceptionOfType(NotVerified.class)
                .isThrownBy(() -> MerkleTree.verifyInclusion(PUBLISHED.leaf(0), index, size, proof, root))
                .satisfies(refused -> reason.add(refused.reason()));
        return reason.get(0);
    }

    private static String consistencyRefused(long from, long to, List<Hash> proof) {
        List<String> reason = new ArrayList<>();
        assertThatCode(() -> MerkleTree.verifyConsistency(from, ROOTS.get((int) Math.max(0, from)), to,
                ROOTS.get((int) to), proof))
                .isInstanceOfSatisfying(NotVerified.class, refused -> reason.add(refused.reason()));
        return reason.get(0);
    }

    /** A bit flipped in each element, each element left out, doubled, swapped with the next, and one more at either end. */
    private static List<List<Hash>> changes(List<Hash> proof, int noise) {
        List<List<Hash>> changes = new ArrayList<>();
        for (int i = 0; i < proof.size(); i++) {
            List<Hash> flipped = new ArrayList<>(proof);
            flipped.set(i, flip(proof.get(i), noise));
            List<Hash> without = new ArrayList<>(proof);
            without.remove(i);
            List<Hash> doubled = new ArrayList<>(proof);
            doubled.add(i, proof.get(i));
            changes.addAll(List.of(flipped, without, doubled));
            if (i > 0) {
                List<Hash> swapped = new ArrayList<>(proof);
                swapped.set(i, proof.get(i - 1));
                swapped.set(i - 1, proof.get(i));
                changes.add(swapped);
            }
        }
        List<Hash> before = new ArrayList<>(proof);
        before.add(0, Hash.ZERO);
        List<Hash> after = new ArrayList<>(proof);
        after.add(Hash.ZERO);
        changes.addAll(List.of(before, after));
        return changes;
    }

    private static Hash flip(Hash hash, int noise) {
        byte[] bytes = hash.bytes().clone();
        bytes[noise / 8 % 32] ^= (byte) (1 << noise % 8);
        return new Hash(bytes);
    }

    private static List<Hash> hashes(String... hex) {
        return Stream.of(hex).map(Hash::parse).toList();
    }
}
