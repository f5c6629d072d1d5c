package io.zeroui.tenant.evidence.standing;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.identity.Kid;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFilesTest {

    private static final Kid ONE = Kid.of("one");
    private static final Kid TWO = Kid.of("two.of.them");

    @TempDir
    Path folder;
    private Path second;
    private KeyFiles files;

    @BeforeEach
    void open() throws IOException {
        second = Files.createDirectory(folder.resolve("second"));
        files = new KeyFiles(List.of(folder.resolve("first"), second));
        Files.createDirectory(folder.resolve("first"));
    }

    @Test
    void whatCameChangedAndWentIsTold() throws IOException {
        assertThat(later()).isEmpty();
        put("first", "one.pem", "a");
        put("second", "two.of.them.json", "b");
        assertThat(later()).containsExactlyInAnyOrder(ONE, TWO);
        assertThat(later()).isEmpty();

        put("first", "one.json", "c");
        assertThat(later()).containsExactly(ONE);
        put("first", "one.json", "d");
        assertThat(later()).containsExactly(ONE);
        Files.delete(second.resolve("two.of.them.json"));
        assertThat(later()).containsExactly(TWO);
        assertThat(later()).isEmpty();
    }

    @Test
    void aFileThatChangedAMomentAgoIsToldAgain() throws IOException {
        put("first", "one.pem", "a");

        assertThat(files.changed(System.currentTimeMillis())).containsExactly(ONE);
        assertThat(files.changed(System.currentTimeMillis())).containsExactly(ONE);
        assertThat(later()).isEmpty();
    }

    @Test
    void whatIsNoKeysFileIsPassedOver() throws IOException {
        for (String name : List.of(".one.pem.tmp", ".hidden.json", "one.txt", "with space.pem", "..pem", "pem", "ü.pem")) {
            put("first", name, "x");
        }
        Files.createSymbolicLink(folder.resolve("first/two.of.them.pem"), Path.of("nowhere"));

        assertThat(later()).isEmpty();
    }

    @Test
    void aFolderThatIsNoneHasNoKeys() throws IOException {
        KeyFiles none = new KeyFiles(List.of(folder.resolve("missing"), Files.writeString(folder.resolve("file"), "x")));

        assertThat(none.changed(0)).isEmpty();
    }

    @Test
    void tenThousandKeysAreLookedAtInLittleTimeAndMemory() throws IOException {
        for (int i = 0; i < 10_000; i++) {
            put("first", "key-" + i + ".pem", "x");
            put("first", "key-" + i + ".json", "y");
        }
        assertThat(later()).hasSize(10_000);

        long begun = System.nanoTime();
        for (int i = 0; i < 10; i++) {
            assertThat(later()).isEmpty();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).as("ten looks").isLessThan(Duration.ofSeconds(30));
    }

    /** A look at a time at which no file is young. */
    private List<Kid> later() throws IOException {
        return files.changed(System.currentTimeMillis() + 60_000);
    }

    private void put(String where, String name, String content) throws IOException {
        Path temporary = Files.writeString(folder.resolve("next"), content + System.nanoTime());
        assertThat(Files.move(temporary, folder.resolve(where).resolve(name), java.nio.file.StandardCopyOption.REPLACE_EXISTING)).exists();
    }
}
