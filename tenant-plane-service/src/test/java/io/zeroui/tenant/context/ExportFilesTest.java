package io.zeroui.tenant.context;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.context.ContextChanged;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.tenant.context.ExportFiles.Applied;
import io.zeroui.tenant.context.ExportFiles.Exported;
import io.zeroui.tenant.context.ExportFiles.Standing;
import io.zeroui.tenant.context.ExportFiles.Withdrawn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the files say after every step, and after a crash behind it. */
class ExportFilesTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final UUID EPOCH = UUID.randomUUID();
    private static final String TEXT = "We keep the queue.";

    @TempDir
    Path folder;
    private final UUID id = ContextExports.newId(NOW);
    private ExportFiles files;

    @BeforeEach
    void open() {
        files = new ExportFiles(folder.resolve("exports"));
    }

    @Test
    void anExportIsThereOnceItIsWhole() throws IOException {
        assertThat(files.list()).isEmpty();
        assertThat(files.find(id)).isEmpty();
        Files.createDirectories(own());
        Files.writeString(own().resolve(hash() + ".txt"), TEXT);
        assertThat(files.find(id)).as("a crash before export.json").isEmpty();
        assertThat(files.write(exported(), TEXT)).isTrue();
        assertThat(files.write(exported(), TEXT)).as("only once").isFalse();
        Standing standing = files.find(id).orElseThrow();
        assertThat(standing.version()).isEqualTo(ContextChanged.EXPORTED);
        assertThat(standing.isSettled(null)).isFalse();
        assertThat(files.content(standing.exported())).isEqualTo(TEXT);
    }

    @Test
    void aTextThatIsNotWhatWasExportedIsNotSent() throws IOException {
        assertThat(files.write(exported(), TEXT)).isTrue();
        Files.writeString(own().resolve(hash() + ".txt"), "password = hunter22x");
        Standing standing = files.find(id).orElseThrow();
        assertThatThrownBy(() -> files.content(standing.exported())).isInstanceOf(IOException.class).hasMessageNotContaining("hunter");
        Files.writeString(own().resolve("export.json"), "{");
        assertThatThrownBy(() -> files.find(id)).isInstanceOf(IOException.class).hasMessageContaining("damaged");
    }

    @Test
    void aCrashBetweenEndAndRemovalLeavesNoText() throws IOException {
        assertThat(files.write(exported(), TEXT)).isTrue();
        Files.write(own().resolve("withdrawn.json"), EventJson.write(withdrawn()));
        Standing standing = files.find(id).orElseThrow();
        assertThat(standing.version()).isEqualTo(ContextChanged.WITHDRAWN);
        try (Stream<Path> left = Files.list(own())) {
            assertThat(left.map(file -> file.getFileName().toString())).containsExactly("withdrawn.json");
        }
        assertThat(files.withdraw(withdrawn())).isFalse();
        assertThat(files.write(exported(), TEXT)).as("it never comes back").isFalse();
        assertThat(files.find(id).orElseThrow().exported()).isNull();
    }

    @Test
    void wordOfAnOlderVersionChangesNothingAndOfAnotherEpochCountsAnew() throws IOException {
        files.apply(id, new Applied(1, EPOCH, 3L, null, NOW));
        assertThat(own()).as("word of what is not there").doesNotExist();
        assertThat(files.write(exported(), TEXT)).isTrue();
        assertThat(files.withdraw(withdrawn())).isTrue();
        files.apply(id, new Applied(2, EPOCH, 3L, null, NOW));
        files.apply(id, new Applied(1, EPOCH, 3L, "late", NOW));
        assertThat(files.find(id).orElseThrow().applied()).isEqualTo(new Applied(2, EPOCH, 3L, null, NOW));
        UUID other = UUID.randomUUID();
        assertThat(files.find(id).orElseThrow().isLost(EPOCH, 2)).isTrue();
        assertThat(files.find(id).orElseThrow().isLost(EPOCH, 3)).isFalse();
        assertThat(files.find(id).orElseThrow().isLost(other, 2)).isFalse();
        assertThat(files.find(id).orElseThrow().isSettled(EPOCH)).isTrue();
        assertThat(files.find(id).orElseThrow().isSettled(other)).isFalse();
        files.apply(id, new Applied(1, other, 3L, null, NOW));
        assertThat(files.find(id).orElseThrow().isSettled(other)).as("of the export, which is withdrawn by now").isFalse();
        files.forget(id);
        assertThat(files.find(id).orElseThrow().applied()).isNull();
    }

    @Test
    void idsAreInTheOrderOfTheirTimeAndOtherNamesAreNone() throws IOException {
        UUID later = ContextExports.newId(NOW.plusMillis(1));
        for (String name : List.of(id.toString(), later.toString(), "x", ".tmp", later.toString().toUpperCase(Locale.ROOT))) {
            Files.createDirectories(folder.resolve("exports").resolve(name));
        }
        assertThat(files.list()).containsExactly(later, id);
        assertThat(later.version()).isEqualTo(7);
        assertThat(later.variant()).isEqualTo(2);
    }

    private Path own() {
        return folder.resolve("exports").resolve(id.toString());
    }

    private static String hash() {
        return Hash.of(TEXT.getBytes(StandardCharsets.UTF_8)).hex();
    }

    private Exported exported() {
        return new Exported(id, "document", "Queue", List.of("adr"), hash(), TEXT.length(), Map.of(), NOW, "key:a");
    }

    private Withdrawn withdrawn() {
        return new Withdrawn(id, "document", NOW, NOW, "key:a", "old");
    }
}
