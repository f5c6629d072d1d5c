package io.zeroui.runtime.fabric;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.KeyDocument;
import io.zeroui.contracts.signature.KeyDocument.Revocation;
import io.zeroui.contracts.signature.KeyDocumentCodec;
import io.zeroui.contracts.signature.KeyObjection;
import io.zeroui.contracts.signature.SpkiPem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustFolderTest {

    private static final Kid KID = Kid.of("edge-1");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

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

        assertThat(trust.standing(KID).isLimited()).isFalse();

        Files.delete(first.resolve("edge-1.pem"));
        secondPasses();
        assertThat(trust.find(KID)).isNull();
        assertThat(trust.standing(KID).isLimited()).as("a key that is not there is believed at no time").isTrue();
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
        for (int i = 0; i < 25_000; i++) {
            assertThat(trust.find(Kid.of("invented-" + i))).isNull();
        }
        assertThat(trust.remembered()).isLessThanOrEqualTo(20_001);
        assertThat(trust.find(KID)).isEqualTo(one);
    }

    @Test
    void aDocumentBesideAKeyLimitsItAndCountsWithinASecond() throws IOException {
        put(first, KID, one);
        put(first, Kid.of("edge-2"), two);
        assertThat(trust.objection(KID, one, NOON)).isNull();

        document(first, KID, KeyDocument.of(KID, one).revoked(new Revocation(NOON, NOON, "lost")));
        secondPasses();
        assertThat(trust.objection(KID, one, NOON.minusMillis(1))).isNull();
        assertThat(trust.objection(KID, one, NOON)).isEqualTo(KeyObjection.REVOKED);
        assertThat(trust.objection(Kid.of("edge-2"), two, NOON)).isNull();

        Files.delete(first.resolve("edge-1.json"));
        assertThat(trust.objection(KID, one, NOON)).isEqualTo(KeyObjection.REVOKED);
        trust.changed(KID);
        assertThat(trust.objection(KID, one, NOON)).isNull();
    }

    @Test
    void aDocumentThatCannotBeReadMakesItsKeyUntrustedAndNoOther() throws IOException {
        for (String name : List.of("torn", "large", "folder", "leaves", "good")) {
            put(first, Kid.of(name), one);
        }
        Files.writeString(first.resolve("torn.json"), "{\"v\":1,\"kid\":\"torn\",\"revo");
        Files.writeString(first.resolve("large.json"), " ".repeat(TrustFolder.MAX_FILE_BYTES + 1));
        Files.createDirectory(first.resolve("folder.json"));
        document(folder.resolve("elsewhere"), Kid.of("leaves"), KeyDocument.of(Kid.of("leaves"), one));
        Files.createSymbolicLink(first.resolve("leaves.json"), folder.resolve("elsewhere/leaves.json"));

        for (String name : List.of("torn", "large", "folder", "leaves")) {
            assertThat(trust.objection(Kid.of(name), one, NOON)).as(name).isEqualTo(KeyObjection.DOCUMENT_DAMAGED);
        }
        assertThat(trust.objection(Kid.of("good"), one, NOON)).isNull();
    }

    @Test
    void anotherKeyInThePlaceOfOneIsNamed() throws IOException {
        put(first, KID, one);
        document(first, KID, KeyDocument.of(KID, one));
        assertThat(trust.objection(KID, one, NOON)).isNull();

        put(first, KID, two);
        secondPasses();

        assertThat(trust.objection(KID, Objects.requireNonNull(trust.find(KID)), NOON)).isEqualTo(KeyObjection.SWAPPED);
    }

    @Test
    void aDocumentWithoutItsKeyHoldsForAKeyThatOthersVouchFor() throws IOException {
        document(first, KID, KeyDocument.of(KID, one).revoked(new Revocation(NOON, NOON, "lost")));

        assertThat(trust.find(KID)).isNull();
        assertThat(trust.objection(KID, one, NOON)).isEqualTo(KeyObjection.REVOKED);
        assertThat(trust.objection(KID, two, NOON)).isEqualTo(KeyObjection.SWAPPED);
    }

    @Test
    void aDocumentOfAnEarlierFolderHoldsForTheKeyOfALaterOneAndNotTheOtherWayRound() throws IOException {
        put(second, KID, one);
        document(first, KID, KeyDocument.of(KID, one).revoked(new Revocation(NOON, NOON, "lost")));

        assertThat(trust.find(KID)).isEqualTo(one);
        assertThat(trust.objection(KID, one, NOON)).isEqualTo(KeyObjection.REVOKED);

        Kid other = Kid.of("other");
        put(first, other, two);
        document(second, other, KeyDocument.of(other, one).revoked(new Revocation(NOON, NOON, "lost")));
        assertThat(trust.objection(other, two, NOON)).isNull();
    }

    @Test
    void tenThousandKeysWithDocumentsAreRememberedAndReadOnce() throws IOException {
        DurableFiles.createFolders(first);
        String pem = SpkiPem.write(one);
        for (int i = 0; i < 10_000; i++) {
            Kid kid = Kid.of("many-" + i);
            Files.writeString(first.resolve(kid + ".pem"), pem);
            Files.write(first.resolve(kid + ".json"), KeyDocumentCodec.write(KeyDocument.of(kid, one)));
        }
        for (int round = 0; round < 100; round++) {
            for (int i = 0; i < 10_000; i++) {
                Kid kid = Kid.of("many-" + i);
                assertThat(trust.objection(kid, Objects.requireNonNull(trust.find(kid)), NOON)).isNull();
            }
        }
        assertThat(trust.remembered()).isEqualTo(10_000);
    }

    private void secondPasses() {
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    }

    private static void put(Path folder, Kid kid, Ed25519PublicKey key) throws IOException {
        DurableFiles.createFolders(folder);
        Files.writeString(folder.resolve(kid.value() + ".pem"), SpkiPem.write(key));
    }

    private static void document(Path folder, Kid kid, KeyDocument document) throws IOException {
        DurableFiles.replace(folder.resolve(kid.value() + ".json"), KeyDocumentCodec.write(document));
    }

    private static Ed25519PublicKey newKey() {
        return Ed25519.newKeyPair().publicKey();
    }
}
