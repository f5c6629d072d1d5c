package io.zeroui.contracts.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** With the examples of C2SP tlog-tiles and those that its implementations test with. */
class TilePathTest {

    @ParameterizedTest
    @CsvSource({ "0,0,256,tile/0/000", "0,1234067,256,tile/0/x001/x234/067", "0,1234067,89,tile/0/x001/x234/067.p/89",
            "1,0,1,tile/1/000.p/1", "15,455667,256,tile/15/x455/667", "3,999,7,tile/3/999.p/7",
            "1,1000,256,tile/1/x001/000", "63,999999999999999999,255,tile/63/x999/x999/x999/x999/x999/999.p/255",
            "-1,0,256,tile/entries/000", "-1,273,112,tile/entries/273.p/112",
            "-1,123456789,256,tile/entries/x123/x456/789", "-1,123456789000,256,tile/entries/x123/x456/x789/000",
            "0,9223372036854775807,1,tile/0/x009/x223/x372/x036/x854/x775/807.p/1" })
    void pathsAreWrittenAndRead(int level, long index, int width, String path) {
        TilePath tile = new TilePath(level, index, width);
        assertThat(tile.path()).isEqualTo(path);
        assertThat(TilePath.parse(path)).isEqualTo(tile);
        assertThat(tile.isEntries()).isEqualTo(path.startsWith("tile/entries/"));
        assertThat(tile.isPartial()).isEqualTo(path.contains(".p/"));
        assertThat(tile.full().path()).isEqualTo(path.replaceAll("\\.p/.*", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "tile", "tile/0", "tile/0/", "/tile/0/000", "tile/0/000/", "tile/0/0", "tile/0/00",
            "tile/0/0000", "tile/00/000", "tile/01/000", "tile/64/000", "tile/-1/x001/002", "tile/abc/x001/002",
            "tile/8/001/002", "tile/8/x001/0002", "tile/8/x001/-02", "tile/8/x01/002", "tile/0/x000/000",
            "tile/0/x000/001", "tile/0/x001/x234/067.p/", "tile/0/x001/x234/067.p", "tile/0/x001/x234/", "tile/0/x001",
            "tile/1/x001/.p/abc", "tile/8/x001/002.p/256", "tile/0/000.p/0", "tile/0/000.p/01", "tile/0/000.p/999",
            "tile/0/000.p/-1", "tile/0/000.p/1/", "tile/0/000.p/1\n", "tile/0/../000", "tile/0/x001/../000",
            "tile/0/\u0660\u0660\u0660", "tile/0/000.p/\u0661", "tile/entries/x1/000", "tile/Entries/000",
            "tile/data/000", "TILE/0/000", "tile//0/000", "tile/0/000%2Ep/1",
            "tile/63/x999/x999/x999/x999/x999/x999/999.p/255", "tile/0/x009/x223/x372/x036/x854/x775/808" })
    void whatIsNotExactlyAPathIsRefused(String path) {
        assertThatIllegalArgumentException().isThrownBy(() -> TilePath.parse(path));
    }

    @ParameterizedTest
    @CsvSource({ "-2,0,1", "64,0,1", "0,-1,1", "0,0,0", "0,0,257", "0,0,-1" })
    void thereAreNoTilesBeyondTheLimits(int level, long index, int width) {
        assertThatIllegalArgumentException().isThrownBy(() -> new TilePath(level, index, width));
    }

    /** The example of tlog-tiles: a tree of size 70,000. */
    @ParameterizedTest
    @CsvSource({ "0,0,256", "0,272,256", "0,273,112", "1,0,256", "1,1,17", "2,0,1", "-1,272,256", "-1,273,112" })
    void aTreeOf70000LeavesHasTheTilesOfTheExample(int level, long index, int width) {
        assertThat(TilePath.in(70_000, level, index)).isEqualTo(new TilePath(level, index, width));
    }

    @ParameterizedTest
    @CsvSource({ "70000,0,274", "70000,1,2", "70000,2,1", "70000,3,0", "70000,63,0", "70000,-1,274", "0,0,0", "0,-1,0",
            "255,1,0", "256,0,1", "70000,0,-1", "-1,0,0", "9223372036854775807,8,0", "9223372036854775807,7,1",
            "9223372036854775807,0,9223372036854775807" })
    void aTreeHasNoTilesBeyondItsEdge(long size, int level, long index) {
        assertThatIllegalArgumentException().isThrownBy(() -> TilePath.in(size, level, index));
    }

    @Test
    void theLargestTreeHasItsLastTiles() {
        assertThat(TilePath.in(Long.MAX_VALUE, 0, Long.MAX_VALUE / 256).width()).isEqualTo(255);
        assertThat(TilePath.in(Long.MAX_VALUE, 7, 0).width()).isEqualTo(127);
    }

    @Property(tries = 2_000)
    void everyPathIsReadBack(@ForAll @IntRange(min = -1, max = 63) int level,
            @ForAll @LongRange(max = Long.MAX_VALUE) long index, @ForAll @IntRange(min = 1, max = 256) int width) {
        TilePath tile = new TilePath(level, index, width);
        assertThat(TilePath.parse(tile.path())).isEqualTo(tile);
    }

    @Property(tries = 5_000)
    void aTextIsRefusedOrIsThePathOfWhatWasRead(@ForAll("nearlyPaths") String text) {
        try {
            assertThat(TilePath.parse(text).path()).isEqualTo(text);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageNotContaining("For input string");
        }
    }

    @Provide
    Arbitrary<String> nearlyPaths() {
        return Arbitraries.of("tile", "/", "x", "0", "00", "000", "001", "255", "256", "9", ".p/", "entries", "-", "63", "64")
                .list().ofMaxSize(8).map(parts -> "tile/" + String.join("", parts));
    }
}
