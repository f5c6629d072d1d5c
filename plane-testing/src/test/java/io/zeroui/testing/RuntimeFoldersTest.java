package io.zeroui.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeFoldersTest {

    @TempDir
    Path temporary;

    @Test
    void aFolderOfALivingProcessIsNotAbandoned() throws IOException {
        RuntimeFolders folders = new RuntimeFolders(temporary);
        assertThat(folders.create()).exists();
        assertThat(folders.abandoned()).isEmpty();
    }

    @Test
    void aFolderOfADeadProcessIsAbandonedAndWipedOnce() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        String name = RuntimeFolders.nameOf(ended.toHandle());
        ended.waitFor();
        Path left = Files.createDirectories(temporary.resolve(name));
        List<Path> wiped = new ArrayList<>();
        new RuntimeFolders(temporary).removeAbandoned(wiped::add);
        assertThat(wiped).containsExactly(left);
    }

    @Test
    void aFolderWhoseProcessIdBelongsToAYoungerProcessIsAbandoned() throws IOException {
        Path left = Files.createDirectories(temporary.resolve(ProcessHandle.current().pid() + "-12345"));
        assertThat(new RuntimeFolders(temporary).abandoned()).containsExactly(left);
    }

    @Test
    void aFolderWithAForeignNameIsLeftAlone() throws IOException {
        Files.createDirectories(temporary.resolve("something-else"));
        assertThat(new RuntimeFolders(temporary).abandoned()).isEmpty();
    }

    @Test
    void everyUserMayPassThroughToTheStateFolder() throws IOException {
        Path folder = new RuntimeFolders(temporary.resolve("base")).create();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.getParent()))).isEqualTo("rwx--x--x");
    }
}
