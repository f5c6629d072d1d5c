package io.zeroui.contracts.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.zeroui.contracts.receipts.Hash;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RightEdgeTest {

    private static final NaiveTree TREE = NaiveTree.of(1_200);

    @Property(tries = 60)
    void appendingInAnyBatchesWritesExactlyTheFilesThatAreNew(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 0, max = 200) Integer> batches) {
        RightEdge edge = RightEdge.EMPTY;
        MemoryTiles tiles = new MemoryTiles();
        for (int batch : withFullTiles(batches)) {
            int size = (int) edge.size();
            Map<TilePath, byte[]> written = new LinkedHashMap<>();
            edge = edge.append(TREE.entries(size, size + batch), (path, content) -> {
                assertThat(written.put(path, content)).as(path.path()).isNull();
            });
            assertThat(edge.size()).isEqualTo(size + batch);
            assertThat(edge.rootHash()).isEqualTo(TREE.root(size + batch));
            Map<TilePath, byte[]> expected = TREE.files(size + batch);
            expected.keySet().removeAll(TREE.files(size).keySet());
            assertSame(written, expected);
            tiles.files.putAll(written);
        }
        Map<TilePath, byte[]> published = new HashMap<>(tiles.files);
        published.keySet().retainAll(TREE.files((int) edge.size()).keySet());
        assertSame(published, TREE.files((int) edge.size()));
    }

    @Property(tries = 40)
    void whereverACrashStopsTheWritesTheCheckpointBeforeIsStillGood(@ForAll @IntRange(max = 600) int from,
            @ForAll @IntRange(min = 1, max = 600) int batch, @ForAll boolean tidy) throws Exception {
        Map<TilePath, byte[]> files = new LinkedHashMap<>(TREE.files(from));
        RightEdge edge = RightEdge.open(new MemoryTiles(files), from, TREE.root(from));
        Map<TilePath, byte[]> written = new LinkedHashMap<>();
        RightEdge grown = edge.append(TREE.entries(from, from + batch), written::put);
        for (Map.Entry<TilePath, byte[]> file : written.entrySet()) {
            assertThat(files.put(file.getKey(), file.getValue())).as("no file is written over").isNull();
            if (tidy && !file.getKey().isPartial()) {
                files.keySet().removeIf(path -> path.isPartial() && path.full().equals(file.getKey()));
            }
            RightEdge found = RightEdge.open(new MemoryTiles(files), from, TREE.root(from));
            assertThat(new TiledTree(new MemoryTiles(files), from).rootHash(from)).isEqualTo(found.rootHash());
        }
        assertThat(grown.rootHash()).isEqualTo(TREE.root(from + batch));
        assertThat(RightEdge.open(new MemoryTiles(files), from + batch, grown.rootHash()).size()).isEqualTo(from + batch);
    }

    @Property(tries = 60)
    void anOpenedEdgeGoesOnAsTheOneThatWasClosed(@ForAll @IntRange(max = 600) int from,
            @ForAll @IntRange(min = 1, max = 600) int batch) throws Exception {
        RightEdge kept = RightEdge.EMPTY.append(TREE.entries(0, from), RightEdgeTest::ignore);
        RightEdge opened = RightEdge.open(new MemoryTiles(TREE.files(from)), from, TREE.root(from));
        Map<TilePath, byte[]> ofKept = new LinkedHashMap<>();
        Map<TilePath, byte[]> ofOpened = new LinkedHashMap<>();
        Hash root = kept.append(TREE.entries(from, from + batch), ofKept::put).rootHash();
        assertThat(opened.append(TREE.entries(from, from + batch), ofOpened::put).rootHash()).isEqualTo(root);
        assertSame(ofOpened, ofKept);
        assertThat(new ArrayList<>(ofOpened.keySet())).isEqualTo(new ArrayList<>(ofKept.keySet()));
    }

    @Test
    void aBundleIsWrittenBeforeItsTileAndATileBeforeThoseAbove() {
        List<String> order = new ArrayList<>();
        RightEdge edge = RightEdge.EMPTY.append(TREE.entries(0, 513), (path, content) -> order.add(path.path()));
        assertThat(edge.size()).isEqualTo(513);
        assertThat(order).containsExactly("tile/entries/000", "tile/0/000", "tile/entries/001", "tile/0/001",
                "tile/entries/002.p/1", "tile/0/002.p/1", "tile/1/000.p/2");
    }

    @Test
    void tilesThatDoNotGrowAreNotWrittenAgain() {
        List<String> order = new ArrayList<>();
        RightEdge edge = RightEdge.EMPTY.append(TREE.entries(0, 300), RightEdgeTest::ignore);
        assertThat(edge.append(TREE.entries(300, 301), (path, content) -> order.add(path.path())).size()).isEqualTo(301);
        assertThat(order).containsExactly("tile/entries/001.p/45", "tile/0/001.p/45");
    }

    @Test
    void appendingReadsNothingAndOpeningReadsOnlyPartialTiles() throws Exception {
        MemoryTiles tiles = new MemoryTiles(TREE.files(1_000));
        tiles.files.keySet().removeIf(path -> !path.isPartial());
        RightEdge edge = RightEdge.open(tiles, 1_000, TREE.root(1_000));
        assertThat(tiles.reads).isEqualTo(3);
        assertThat(edge.append(TREE.entries(1_000, 1_200), tiles.files::put).rootHash()).isEqualTo(TREE.root(1_200));
        assertThat(tiles.reads).isEqualTo(3);
    }

    @Test
    void theTreeOfTheExampleHasAThirdLevel() {
        NaiveTree large = NaiveTree.of(70_000);
        MemoryTiles tiles = new MemoryTiles();
        RightEdge edge = RightEdge.EMPTY;
        for (int size = 0; size < 70_000; size += 10_000) {
            edge = edge.append(large.entries(size, size + 10_000), tiles.files::put);
        }
        assertThat(edge.rootHash()).isEqualTo(large.root(70_000));
        assertThat(new TiledTree(tiles, 70_000).rootHash(70_000)).isEqualTo(large.root(70_000));
        Map<TilePath, byte[]> expected = large.files(70_000);
        assertThat(expected).hasSize(2 * 274 + 2 + 1);
        tiles.files.keySet().retainAll(expected.keySet());
        assertSame(tiles.files, expected);
    }

    @Property(tries = 150)
    void aChangedByteInAnyFileOfTheEdgeIsFound(@ForAll @IntRange(min = 1, max = 600) int size,
            @ForAll @IntRange(max = 1 << 20) int which) {
        MemoryTiles tiles = new MemoryTiles(TREE.files(size));
        List<TilePath> edge = tiles.files.keySet().stream().filter(TilePath::isPartial).toList();
        if (!edge.isEmpty()) {
            byte[] content = tiles.files.get(edge.get(which % edge.size()));
            content[which / 8 % content.length] ^= (byte) (1 << which % 8);
            assertThatThrownBy(() -> RightEdge.open(tiles, size, TREE.root(size)).size())
                    .isInstanceOfAny(NotVerified.class, InvalidTile.class);
        }
    }

    @Test
    void missingShortAndForeignFilesAreNamed() {
        MemoryTiles tiles = new MemoryTiles(TREE.files(300));
        TilePath leaves = TilePath.parse("tile/0/001.p/44");
        TilePath bundle = TilePath.parse("tile/entries/001.p/44");
        byte[] good = tiles.files.put(leaves, new byte[43 * 32]);
        assertInvalid(tiles, leaves, "tile/0/001.p/44 has 1376 bytes, not 1408");
        assertThat(tiles.files.remove(leaves)).isNotNull();
        assertInvalid(tiles, leaves, "tile/0/001.p/44 is missing");
        tiles.files.put(leaves, good);
        tiles.files.put(bundle, EntryBundle.encode(TREE.entries(0, 44)));
        assertInvalid(tiles, bundle, "tile/entries/001.p/44 has an entry 0 that is not the tree's");
        tiles.files.put(bundle, new byte[3]);
        assertInvalid(tiles, bundle, "tile/entries/001.p/44 is not a bundle: the bundle ends within entry 1");
    }

    @Test
    void tilesOfAnotherTreeThanTheCheckpointsAreRefused() {
        MemoryTiles tiles = new MemoryTiles(TREE.files(300));
        assertThatExceptionOfType(NotVerified.class)
                .isThrownBy(() -> RightEdge.open(tiles, 300, TREE.root(299)).size())
                .withMessageContaining("300 leaves");
        assertThatExceptionOfType(NotVerified.class)
                .isThrownBy(() -> RightEdge.open(tiles, 0, TREE.root(299)).size());
        assertThatIllegalArgumentException().isThrownBy(() -> RightEdge.open(tiles, -1, TREE.root(0)).size());
    }

    @Test
    void anEntryThatIsTooLongIsRefusedBeforeAnythingIsWritten() {
        List<TilePath> written = new ArrayList<>();
        List<byte[]> entries = new ArrayList<>(TREE.entries(0, 300));
        entries.add(new byte[65_536]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RightEdge.EMPTY.append(entries, (path, content) -> written.add(path)).size());
        assertThat(written).isEmpty();
    }

    @Test
    void anEdgeWhoseFilesCouldNotBeWrittenIsGoodForTheNextAttempt() {
        RightEdge edge = RightEdge.EMPTY.append(TREE.entries(0, 250), RightEdgeTest::ignore);
        for (int failing = 0; failing < 3; failing++) {
            int[] left = { failing };
            assertThatThrownBy(() -> edge.append(TREE.entries(0, 20), (path, content) -> {
                if (left[0]-- == 0) {
                    throw new IllegalStateException("disk full");
                }
            }).size()).hasMessage("disk full");
        }
        assertThat(edge.append(TREE.entries(250, 600), RightEdgeTest::ignore).rootHash()).isEqualTo(TREE.root(600));
        assertThat(edge.rootHash()).isEqualTo(TREE.root(250));
    }

    @Test
    void anEntryThatItsOwnerChangesLaterStaysAsItWas() {
        byte[] mine = NaiveTree.entry(0);
        RightEdge edge = RightEdge.EMPTY.append(List.of(mine), RightEdgeTest::ignore);
        mine[0] ^= 1;
        Map<TilePath, byte[]> written = new LinkedHashMap<>();
        assertThat(edge.append(TREE.entries(1, 2), written::put).size()).isEqualTo(2);
        assertSame(written, TREE.files(2));
    }

    @Test
    void appendingNothingChangesNothing() {
        assertThat(RightEdge.EMPTY.append(List.of(), (path, content) -> {
            throw new AssertionError(path);
        })).isSameAs(RightEdge.EMPTY);
        assertThat(RightEdge.EMPTY.rootHash()).isEqualTo(MerkleTree.EMPTY_ROOT);
    }

    @ParameterizedTest
    @ValueSource(longs = { 4_294_967_296L, 1_099_511_627_775L, 4_611_686_018_427_387_905L, Long.MAX_VALUE - 3 })
    void sizesBeyondAnIntAreAppendedToAsWell(long size) throws Exception {
        UniformLog log = new UniformLog();
        RightEdge edge = RightEdge.open(log, size, new TiledTree(log, size).rootHash(size));
        RightEdge grown = edge.append(List.of(UniformLog.ENTRY, UniformLog.ENTRY, UniformLog.ENTRY), log::verifyWritten);
        assertThat(grown.rootHash()).isEqualTo(new TiledTree(log, size + 3).rootHash(size + 3));
    }

    @Test
    void aTreeDoesNotGrowBeyondTheLargestSize() throws Exception {
        UniformLog log = new UniformLog();
        RightEdge edge = RightEdge.open(log, Long.MAX_VALUE, new TiledTree(log, Long.MAX_VALUE).rootHash(Long.MAX_VALUE));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> edge.append(List.of(UniformLog.ENTRY), RightEdgeTest::ignore).size());
    }

    /** Batches as given, and in between what is left to a full tile, so that tiles end where batches end as well. */
    private static List<Integer> withFullTiles(List<Integer> batches) {
        List<Integer> sizes = new ArrayList<>();
        int size = 0;
        for (int batch : batches) {
            int rest = (batch & 1) == 0 ? 0 : (256 - (size + batch) % 256) % 256;
            for (int next : List.of(batch, rest)) {
                if (size + next <= 1_200) {
                    sizes.add(next);
                    size += next;
                }
            }
        }
        return sizes;
    }

    private static void assertInvalid(TileSource source, TilePath path, String message) {
        assertThatExceptionOfType(InvalidTile.class).isThrownBy(() -> RightEdge.open(source, 300, TREE.root(300)).size())
                .withMessage(message).satisfies(invalid -> assertThat(invalid.path()).isEqualTo(path));
    }

    private static void assertSame(Map<TilePath, byte[]> actual, Map<TilePath, byte[]> expected) {
        assertThat(actual.keySet()).isEqualTo(expected.keySet());
        actual.forEach((path, content) -> assertThat(content).as(path.path()).isEqualTo(expected.get(path)));
    }

    private static void ignore(TilePath path, byte[] content) {
    }
}
