package io.zeroui.runtime.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LineSplitterTest {

    private final LineSplitter splitter = new LineSplitter(8);
    private final List<String> lines = new ArrayList<>();

    @Test
    void linesAreFoundHoweverTheBytesAreCut() {
        String text = "one\ntwo\n\nfour\nlast";
        for (int size = 1; size <= text.length(); size++) {
            lines.clear();
            for (int from = 0; from < text.length(); from += size) {
                feed(text.substring(from, Math.min(text.length(), from + size)));
            }
            assertThat(lines).containsExactly("one", "two", "", "four");
            LineSplitter.Piece last = splitter.end();
            assertThat(last).isNotNull();
            assertThat(new String(last.bytes(), StandardCharsets.UTF_8)).isEqualTo("last");
        }
    }

    @Test
    void aLineAtTheLimitIsKeptAndOneBeyondIsOnlyCounted() {
        feed("12345678\n123456789\nok\n");
        assertThat(lines).containsExactly("12345678", "9 bytes", "ok");
    }

    @Test
    void aVeryLongLineNeedsNoMemory() {
        String block = "x".repeat(1 << 20);
        for (int i = 0; i < 64; i++) {
            feed(block);
        }
        feed("\nok\n");
        assertThat(lines).containsExactly((64 << 20) + " bytes", "ok");
        assertThat(splitter.end()).isNull();
    }

    private void feed(String text) {
        splitter.feed(Buffer.buffer(text), piece -> lines.add(piece.bytes() == null ? piece.length() + " bytes"
                : new String(piece.bytes(), StandardCharsets.UTF_8)));
    }
}
