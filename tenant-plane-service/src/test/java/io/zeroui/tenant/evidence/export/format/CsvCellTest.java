package io.zeroui.tenant.evidence.export.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever a cell has, a reader of RFC 4180 gets it back, and a spreadsheet takes none for a formula. */
class CsvCellTest {

    private static final String CHARACTERS = "\",;'=+-@\t\r\n aé€\uD83D\uDE00";
    private static final long SEED = Long.getLong("csv.seed", System.nanoTime());
    private static final Random RANDOM = new Random(SEED);

    @RepeatedTest(2_000)
    void aReaderGetsEveryCellBackExactlyButForTheGuard() {
        List<String> cells = row();
        List<String> read = CsvText.parse(line(cells)).get(0);

        assertThat(read).as("seed " + SEED).hasSameSizeAs(cells);
        for (int i = 0; i < cells.size(); i++) {
            String cell = cells.get(i);
            assertThat(read.get(i)).as("seed " + SEED).isEqualTo(isFormula(cell) ? "'" + cell : cell);
        }
        assertThat(read).noneMatch(CsvCellTest::isFormula);
    }

    private static List<String> row() {
        List<String> cells = new ArrayList<>();
        for (int i = 1 + RANDOM.nextInt(5); i > 0; i--) {
            StringBuilder cell = new StringBuilder();
            for (int j = RANDOM.nextInt(8); j > 0; j--) {
                cell.append(CHARACTERS.charAt(RANDOM.nextInt(CHARACTERS.length())));
            }
            cells.add(RANDOM.nextInt(5) == 0 ? null : cell.toString());
        }
        return cells;
    }

    private static boolean isFormula(String cell) {
        return cell != null && !cell.isEmpty() && "=+-@\t\r".indexOf(cell.charAt(0)) >= 0;
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
