package io.zeroui.runtime.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.SpkiPem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustFolderTest {

    private static final Kid KID = Kid.of("edge-1");

    @TempDir
    Path folder;

    private final AtomicLong nanos = new AtomicLong();
    private final Ed25519PublicKey one = newKey();
    private final Ed25519PublicKey two = newKey();
    private Path first;
    private Path second;
    private TrustFolder trust;

    @BeforeEach
    void open() {
        first = folder.resolve("ide");
        second = folder.resolve("product");
        trust = new TrustFolder(List.of(first, second), nanos::get);
    }

    @Test
    void newChangedAndRemovedKeysCountWithinASecond() throws IOException {
        assertThat(trust.find(KID)).isNull();
        put(first, KID, one);
        assertThat(trust.find(KID)).isNull();
        secondPasses();
        assertThat(trust.find(KID)).isEqualTo(one);

        put(first, KID, two);
        assertThat(trust.find(KID)).isEqualTo(one);
        secondPasses();
        assertThat(trust.find(KID)).isEqualTo(two);

        Files.delete(first.resolve("edge-1.pem"));
        secondPasses();
        assertThat(trust.find(KID)).isNull();
    }

    @Test
    void theFirstFolderWinsAndTheOthersFillIn() throws IOException {
        put(second, KID, two);
        assertThat(trust.find(KID)).isEqualTo(two);
        put(first, KID, one);
        secondPasses();
        assertThat(trust.find(KID)).isEqualTo(one);
        assertThat(trust.find(KID)).isSameAs(trust.find(KID));
    }

    @Test
    void junkIsNotBelievedAndDoesNotHideAGoodKey() throws IOException {
        Files.createDirectories(first);
        Files.writeString(first.resolve("junk.pem"), "not a key");
        Files.writeString(first.resolve("large.pem"), SpkiPem.write(one) + " ".repeat(TrustFolder.MAX_FILE_BYTES));
        Files.createDirectory(first.resolve("folder.pem"));
        put(second, Kid.of("junk"), two);

        assertThat(trust.find(Kid.of("junk"))).isEqualTo(two);
        assertThat(trust.find(Kid.of("large"))).isNull();
        assertThat(trust.find(Kid.of("folder"))).isNull();
    }

    @Test
    void linksWithinTheFolderAreFollowedAndLinksOutOfItAreNot() throws IOException {
        put(first.resolve("..data"), Kid.of("inside"), one);
        put(folder.resolve("elsewhere"), Kid.of("outside"), two);
        Files.createSymbolicLink(first.resolve("inside.pem"), Path.of("..data/inside.pem"));
        Files.createSymbolicLink(first.resolve("outside.pem"), folder.resolve("elsewhere/outside.pem"));
        Files.createSymbolicLink(first.resolve("dangling.pem"), Path.of("nowhere.pem"));

        assertThat(trust.find(Kid.of("inside"))).isEqualTo(one);
        assertThat(trust.find(Kid.of("outside"))).isNull();
        assertThat(trust.find(Kid.of("dangling"))).isNull();
    }

    @Test
    void aPipeInTheFolderHoldsNobodyUp() throws Exception {
        Files.createDirectories(first);
        assertThat(new ProcessBuilder("mkfifo", first.resolve("edge-1.pem").toString()).start().waitFor()).isZero();

        assertThat(trust.find(KID)).isNull();
    }

    @Test
    void inventedKeyIdsDoNotFillTheMemory() throws IOException {
        put(first, KID, one);
        for (int i = 0; i < 12_000; i++) {
            assertThat(trust.find(Kid.of("invented-" + i))).isNull();
        }
        assertThat(trust.remembered()).isLessThanOrEqualTo(10_001);
        assertThat(trust.find(KID)).isEqualTo(one);
    }

    private void secondPasses() {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    }

    private static void put(Path folder, Kid kid, Ed25519PublicKey key) throws IOException {
        DurableFiles.createFolders(folder);
        Files.writeString(folder.resolve(kid.value() + ".pem"), SpkiPem.write(key));
    }

    private static Ed25519PublicKey newKey() {
        return Ed25519.newKeyPair().publicKey();
    }
}
