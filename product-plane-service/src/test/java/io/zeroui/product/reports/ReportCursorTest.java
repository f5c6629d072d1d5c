package io.zeroui.product.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.runtime.problems.ProblemException;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportCursorTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "secrets", "a b", "line\nfeed", "100%", "%0A", "ü"})
    void whatWasWrittenIsRead(String gate) {
        ReportCursor cursor = new ReportCursor(LocalDate.of(2026, 11, 21), "decision", gate, "pass");
        assertThat(ReportCursor.parse(cursor.text())).isEqualTo(cursor);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?", "YQ", "YQpiCmMKZA", "////"})
    void everythingElseIsRefused(String text) {
        assertThatThrownBy(() -> ReportCursor.parse(text)).isInstanceOf(ProblemException.class);
    }

    @Test
    void aLongOneIsRefused() {
        assertThatThrownBy(() -> ReportCursor.parse("a".repeat(5000))).isInstanceOf(ProblemException.class);
    }
}
