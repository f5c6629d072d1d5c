package io.zeroui.contracts.transparency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class EntryBundleTest {

    @Test
    void entriesStandAfterTheirLengths() {
        List<byte[]> entries = List.of(new byte[] { 'a', 'b' }, new byte[0], new byte[] { -1 });
        byte[] bundle = HexFormat.of().parseHex("0002616200000001ff");
        assertThat(EntryBundle.encode(entries)).isEqualTo(bundle);
        assertThat(EntryBundle.decode(bundle, 3)).containsExactlyElementsOf(entries);
    }

    @Test
    void theLongestEntryFitsAndNoLongerOne() {
        byte[] bundle = EntryBundle.encode(List.of(new byte[65_535]));
        assertThat(bundle).hasSize(65_537).startsWith(0xff, 0xff);
        assertThat(EntryBundle.decode(bundle, 1).get(0)).hasSize(65_535);
        assertThatIllegalArgumentException().isThrownBy(() -> EntryBundle.encode(List.of(new byte[65_536])))
                .withMessageContaining("65536");
    }

    @Test
    void aBundleHasOneTo256Entries() {
        assertThat(EntryBundle.encode(Collections.nCopies(256, new byte[1]))).hasSize(768);
        assertThatIllegalArgumentException().isThrownBy(() -> EntryBundle.encode(Collections.nCopies(257, new byte[0])));
        assertThatIllegalArgumentException().isThrownBy(() -> EntryBundle.encode(List.of()));
    }

    @Test
    void aFullBundleStandsInForAPartialOneButNoOtherDoes() {
        byte[] full = EntryBundle.encode(NaiveTree.of(256).entries(0, 256));
        assertThat(EntryBundle.decode(full, 3)).containsExactlyElementsOf(NaiveTree.of(3).entries(0, 3));
        byte[] partial = EntryBundle.encode(NaiveTree.of(4).entries(0, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> EntryBundle.decode(partial, 3))
                .withMessage("the bundle has 4 entries, not 3");
    }

    @ParameterizedTest
    @CsvSource({ "'',1", "00,1", "0001,1", "000261,1", "00016100,2", "000161,2", "000161,0", "000161,257" })
    void whatIsNotExactlyABundleOfTheWidthIsRefused(String hex, int width) {
        assertThatIllegalArgumentException().isThrownBy(() -> EntryBundle.decode(HexFormat.of().parseHex(hex), width));
    }

    @Test
    void moreEntriesThanABundleHasAreRefusedThoughTheFirstWouldDo() {
        assertThatIllegalArgumentException().isThrownBy(() -> EntryBundle.decode(new byte[2 * 257], 256))
                .withMessageContaining("more than 256");
    }

    @Property(tries = 200)
    void everyBundleIsReadBack(@ForAll @Size(min = 1, max = 256) List<byte[]> entries) {
        assertThat(EntryBundle.decode(EntryBundle.encode(entries), entries.size())).containsExactlyElementsOf(entries);
    }

    @Property(tries = 1_000)
    void bytesAreRefusedOrAreTheBundleOfWhatWasRead(@ForAll @Size(max = 40) byte[] bytes,
            @ForAll @IntRange(min = 1, max = 6) int width) {
        for (int i = 0; i < bytes.length; i += 3) {
            bytes[i] = 0;
        }
        try {
            assertThat(EntryBundle.encode(EntryBundle.decode(bytes, width))).isEqualTo(bytes);
        } catch (IllegalArgumentException e) {
            assertThat(e).hasMessageContaining("the bundle");
        }
    }
}
