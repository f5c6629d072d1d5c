package io.zeroui.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.api.Test;

class ProgressTest {

    private final StringWriter text = new StringWriter();

    @Test
    void onATerminalTheLineIsOverwrittenWhole() {
        Progress progress = new Progress(new PrintWriter(text), true);
        progress.show("long text");
        progress.show("short");
        progress.done("end");
        assertThat(text.toString()).isEqualTo("\rlong text\rshort    \rend  " + System.lineSeparator());
    }

    @Test
    void elsewhereThereAreFewLinesAndTheLastStateIsAmongThem() {
        Progress progress = new Progress(new PrintWriter(text), false);
        for (int i = 0; i < 1000; i++) {
            progress.show("step " + i);
        }
        progress.done("step 999");
        assertThat(text.toString().lines()).containsExactly("step 0", "step 999");
    }
}
