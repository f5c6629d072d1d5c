package io.zeroui.contracts.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.receipts.Hash;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SmallTreeTest {

    /** The inputs that the reference implementation of RFC 6962 is tested with, and their root hashes. */
    private static final List<Hash> LEAVES = Stream.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
            "606162636465666768696a6b6c6d6e6f").map(hex -> MerkleTree.leafHash(HexFormat.of().parseHex(hex))).toList();
    private static final List<String> ROOTS = List.of(
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    @Test
    void rootsAreThoseOfTheReferenceImplementation() {
        for (int size = 1; size <= LEAVES.size(); size++) {
            assertThat(SmallTree.root(LEAVES.subList(0, size)).hex()).isEqualTo(ROOTS.get(size - 1));
        }
        assertThat(SmallTree.root(List.of())).isEqualTo(MerkleTree.EMPTY_ROOT);
    }

    @Test
    void everyLeafOfEverySizeIsProvenToTheCheckerAndNoOtherIs() throws NotVerified {
        List<Hash> many = IntStream.range(0, 70).mapToObj(i -> MerkleTree.leafHash(new byte[]{(byte) i})).toList();
        for (int size = 1; size <= many.size(); size++) {
            List<Hash> leaves = many.subList(0, size);
            Hash root = SmallTree.root(leaves);
            for (int index = 0; index < size; index++) {
                List<Hash> proof = SmallTree.inclusion(leaves, index);
                MerkleTree.verifyInclusion(leaves.get(index), index, size, proof, root);
                int leaf = index;
                int of = size;
                assertThatThrownBy(() -> MerkleTree.verifyInclusion(Hash.ZERO, leaf, of, proof, root))
                        .isInstanceOf(NotVerified.class);
            }
        }
    }

    @Test
    void aLeafThatIsNotThereHasNoProof() {
        assertThatThrownBy(() -> SmallTree.inclusion(LEAVES, 8)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SmallTree.inclusion(List.of(), 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
