package io.zeroui.runtime.fabric;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DurableFilesTest {

    @TempDir
    Path folder;

    @Test
    void aNewFileIsWrittenOnceAndNeverOverwritten() throws IOException {
        Path file = folder.resolve("a/b/key.pem");

        assertThat(DurableFiles.writeNew(file, "one".getBytes(UTF_8))).isTrue();
        assertThat(DurableFiles.writeNew(file, "two".getBytes(UTF_8))).isFalse();
        assertThat(Files.readString(file)).isEqualTo("one");
        assertNothingElseIn(file.getParent());
    }

    @Test
    void aFileIsReplacedWhole() throws IOException {
        Path file = folder.resolve("pointer.json");

        DurableFiles.replace(file, "one".getBytes(UTF_8));
        DurableFiles.replace(file, "two".getBytes(UTF_8));

        assertThat(Files.readString(file)).isEqualTo("two");
        assertNothingElseIn(folder);
    }

    @Test
    void aFileInTheWayOfAFolderIsTold() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatThrownBy(() -> DurableFiles.createFolders(file.resolve("below"))).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> DurableFiles.createFolders(file)).isInstanceOf(FileAlreadyExistsException.class);
    }

    private static void assertNothingElseIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).hasSize(1);
        }
    }
}
