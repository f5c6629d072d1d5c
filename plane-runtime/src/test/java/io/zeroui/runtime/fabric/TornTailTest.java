package io.zeroui.runtime.fabric;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.receipts.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TornTailTest {

    @TempDir
    Path folder;

    private Path file;
    private final List<TornTail.Fragment> kept = new ArrayList<>();

    @BeforeEach
    void name() {
        file = folder.resolve("journal.jsonl");
    }

    @Test
    void aTornLastLineIsKeptAsideAndCutOff() throws IOException {
        Files.writeString(file, "{\"a\":1}\n{\"b\"");

        Optional<TornTail.Fragment> fragment = TornTail.repair(file, kept::add);

        assertThat(Files.readString(file)).isEqualTo("{\"a\":1}\n");
        assertThat(kept).hasSize(1);
        assertThat(fragment).containsSame(kept.get(0));
        assertThat(kept.get(0).offset()).isEqualTo(8);
        assertThat(kept.get(0).length()).isEqualTo(4);
        assertThat(kept.get(0).prefix()).isEqualTo("{\"b\"".getBytes(UTF_8));
        assertThat(kept.get(0).sha256()).isEqualTo(Hash.of("{\"b\"".getBytes(UTF_8)));
        assertThat(TornTail.repair(file, kept::add)).isEmpty();
    }

    @Test
    void aWholeAnEmptyAndAMissingFileAreLeftAlone() throws IOException {
        assertThat(TornTail.repair(file, kept::add)).isEmpty();
        Files.writeString(file, "");
        assertThat(TornTail.repair(file, kept::add)).isEmpty();
        Files.writeString(file, "a\nb\n");
        assertThat(TornTail.repair(file, kept::add)).isEmpty();
        assertThat(kept).isEmpty();
        assertThat(Files.readString(file)).isEqualTo("a\nb\n");
    }

    @Test
    void aTailLongerThanTheBlocksReadIsFoundWhole() throws IOException {
        String tail = "x".repeat(300_000);
        Files.writeString(file, "first\n" + tail);

        TornTail.Fragment fragment = TornTail.repair(file, kept::add).orElseThrow();

        assertThat(fragment.length()).isEqualTo(300_000);
        assertThat(fragment.prefix()).hasSize(LineReader.PREFIX_BYTES);
        assertThat(fragment.sha256()).isEqualTo(Hash.of(tail.getBytes(UTF_8)));
        assertThat(Files.readString(file)).isEqualTo("first\n");
    }

    @Test
    void nothingIsCutWhenTheFragmentCannotBeKept() throws IOException {
        Files.writeString(file, "torn");

        assertThatThrownBy(() -> TornTail.repair(file, fragment -> {
            throw new IOException("no room");
        })).hasMessage("no room");
        assertThat(Files.readString(file)).isEqualTo("torn");
    }
}
