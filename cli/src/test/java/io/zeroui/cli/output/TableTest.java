package io.zeroui.cli.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void columnsAreAsWideAsTheirWidestCellAndLinesHaveNoBlanksAtTheirEnds() {
        assertThat(Table.of("A", "LONG HEADER", "C").row("wide cell", "x", "").row("y", "z", "c").render())
                .isEqualTo("A          LONG HEADER  C\nwide cell  x\ny          z            c\n");
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> Table.of("A", "B").row("x")).isInstanceOf(IllegalArgumentException.class);
    }
}
