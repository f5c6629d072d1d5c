package io.zeroui.tenant.evidence.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.transparency.TilePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bundles of dropped entries go, and none stays behind one that a crash has left. */
class DroppedBundlesTest {

    @TempDir
    private Path folder;

    @Test
    void thoseBeforeAPlaceGo() throws IOException {
        for (int index = 0; index < 6; index++) {
            Files.createDirectories(bundle(index).getParent());
            Files.writeString(bundle(index), "entries");
        }
        LogFiles files = new LogFiles(folder);

        files.removeBundles(2);
        assertThat(bundle(1)).doesNotExist();
        assertThat(bundle(2)).exists();

        Files.delete(bundle(2));
        files.removeBundles(5);
        assertThat(bundle(3)).as("behind what a crash had removed").doesNotExist();
        assertThat(bundle(4)).doesNotExist();
        assertThat(bundle(5)).exists();
        files.removeBundles(5);
        files.removeBundles(0);
        assertThat(bundle(5)).exists();
    }

    private Path bundle(int index) {
        return folder.resolve(new TilePath(TilePath.ENTRIES, index, TilePath.FULL_WIDTH).path());
    }
}
