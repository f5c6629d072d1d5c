package io.zeroui.tenant.evidence.export.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a cell has, a reader of RFC 4180 gets it back, and a spreadsheet takes none for a formula. */
class CsvCellTest {

    @Provide
    Arbitrary<List<String>> rows() {
        return Arbitraries.strings().withChars("\",;'=+-@\t\r\n aé€😀".toCharArray()).ofMaxLength(8).injectNull(0.2).list().ofMinSize(1)
                .ofMaxSize(6);
    }

    @Property(tries = 2000)
    void aReaderGetsEveryCellBackExactlyButForTheGuard(@ForAll("rows") List<String> cells) {
        List<String> read = CsvText.parse(line(cells)).get(0);

        assertThat(read).hasSameSizeAs(cells);
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            boolean formula = cell != null && !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0;
            assertThat(read.get(i)).isEqualTo(formula ? "'" + cell : cell);
        }
    }

    @Property(tries = 2000)
    void noCellBeginsLikeAFormula(@ForAll("rows") List<String> cells) {
        assertThat(CsvText.parse(line(cells)).get(0)).allSatisfy(cell -> assertThat(
                cell == null || cell.isEmpty() || "=+-@\t\r".indexOf(cell.charAt(0)) < 0).as(cell).isTrue());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"=1+2|\"'=1+2\"", "@SUM(A1)|\"'@SUM(A1)\"", "-2|\"'-2\"", "+2|\"'+2\"", "a=b|a=b",
            "a b|a b", "say \"hi\"|\"say \"\"hi\"\"\""}, delimiter = '|')
    void cellsLookLikeThis(String text, String cell) {
        assertThat(line(List.of(text))).isEqualTo(cell + "\r\n");
    }

    @Test
    void nothingAndAnEmptyTextAreTwoThings() {
        List<String> cells = new ArrayList<>();
        cells.add(null);
        cells.add("");
        cells.add(" ");
        assertThat(line(cells)).isEqualTo(",\"\",\" \"\r\n");
    }

    private static String line(List<String> cells) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) {
            line.append(i == 0 ? "" : ",");
            CsvCell.append(line, cells.get(i));
        }
        return line.append("\r\n").toString();
    }
}
