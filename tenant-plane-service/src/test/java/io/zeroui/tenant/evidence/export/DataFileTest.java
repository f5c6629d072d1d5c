package io.zeroui.tenant.evidence.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.receipts.Hash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFileTest {

    @TempDir
    Path folder;

    @Test
    void theHashIsThatOfTheFileHoweverItWasWritten() throws IOException {
        Random random = new Random(7);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        Path path = folder.resolve("f");
        DataFile file = new DataFile(path, Long.MAX_VALUE);
        for (int i = 0; i < 300; i++) {
            byte[] part = new byte[random.nextInt(i % 50 == 0 ? 200_000 : 500)];
            random.nextBytes(part);
            file.write(part);
            file.write(i);
            expected.writeBytes(part);
            expected.write(i);
        }
        file.close();
        String sha256 = file.seal();

        assertThat(Files.readAllBytes(path)).isEqualTo(expected.toByteArray());
        assertThat(sha256).isEqualTo(Hash.of(expected.toByteArray()).hex());
        assertThat(file.bytes()).isEqualTo(expected.size());
    }

    @Test
    void itIsNeverLongerThanItMayBe() throws IOException {
        Path path = folder.resolve("f");
        DataFile file = new DataFile(path, 100_000);
        assertThatThrownBy(() -> {
            for (int i = 0; i < 100; i++) {
                file.write(new byte[10_000]);
            }
        }).isInstanceOf(DataFile.TooLarge.class);
        file.abandon();
        assertThat(Files.size(path)).isLessThanOrEqualTo(100_000);
    }

    @Test
    void itTakesNobodysPlaceAndFollowsNoLink() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "kept");
        Path link = Files.createSymbolicLink(folder.resolve("link"), secret);
        assertThatThrownBy(() -> new DataFile(link, 10)).isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> new DataFile(secret, 10)).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(secret).hasContent("kept");
    }
}
