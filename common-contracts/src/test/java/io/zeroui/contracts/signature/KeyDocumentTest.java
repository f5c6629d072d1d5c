package io.zeroui.contracts.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.signature.KeyDocument.Origin;
import io.zeroui.contracts.signature.KeyDocument.Revocation;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyDocumentTest {

    private static final Kid KID = Kid.of("edge.7");
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Ed25519PublicKey KEY = Ed25519.newKeyPair().publicKey();
    private static final KeyDocument PLAIN = KeyDocument.of(KID, KEY);

    @Test
    void whatIsWrittenIsReadAgain() {
        KeyDocument whole = new KeyDocument(KID, KEY.fingerprint(), NOON.minusSeconds(9), NOON.plusSeconds(9),
                new Revocation(NOON, NOON.minusSeconds(3), "the laptop was stolen"), Kid.of("edge.8"), new Origin("e", 7));

        assertThat(KeyDocumentCodec.read(KID, KeyDocumentCodec.write(whole))).isEqualTo(whole);
        assertThat(KeyDocumentCodec.read(KID, KeyDocumentCodec.write(PLAIN))).isEqualTo(PLAIN);
    }

    @Test
    void aRevocationByHandNeedsNoOtherTimeAndMayHaveSeveralLines() {
        KeyDocument read = read("{\"v\": 1,\n \"kid\": \"edge.7\",\r\n \"revoked_at\": \"2026-11-21T12:00:00Z\", \"reason\": \"lost\"}\n");

        assertThat(read.objection(KEY, NOON.minusMillis(1))).isNull();
        assertThat(read.objection(KEY, NOON)).isEqualTo(KeyObjection.REVOKED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"v\":2,\"kid\":\"edge.7\"}", "{\"v\":1}", "{\"v\":1,\"kid\":\"edge.8\"}",
            "{\"v\":1,\"kid\":\"edge.7\",\"revoked\":true}", "{\"v\":1,\"kid\":\"edge.7\",\"kid\":\"edge.7\"}",
            "{\"v\":1,\"kid\":\"edge.7\",\"revoked_at\":\"2026-11-21T12:00:00Z\"}",
            "{\"v\":1,\"kid\":\"edge.7\",\"revoked_at\":null,\"reason\":\"x\"}",
            "{\"v\":1,\"kid\":\"edge.7\",\"compromised_since\":\"2026-11-21T12:00:00Z\"}",
            "{\"v\":1,\"kid\":\"edge.7\",\"revoked_at\":\"2026-11-21T12:00:00Z\",\"compromised_since\":\"2026-11-21T12:00:01Z\",\"reason\":\"x\"}",
            "{\"v\":1,\"kid\":\"edge.7\",\"valid_from\":\"yesterday\"}", "{\"v\":1,\"kid\":\"edge.7\",\"valid_until\":17}",
            "{\"v\":1,\"kid\":\"edge.7\",\"valid_from\":\"2026-11-21T12:00:00Z\",\"valid_until\":\"2026-11-21T12:00:00Z\"}",
            "{\"v\":1,\"kid\":\"edge.7\",\"replaced_by\":\"../../x\"}", "{\"v\":1,\"kid\":\"edge.7\",\"replaced_by\":\"edge.7\"}",
            "{\"v\":1,\"kid\":\"edge.7\",\"fingerprint\":\"sha256:00\"}", "{\"v\":1,\"kid\":\"edge.7\",\"registry_version\":1}",
            "{\"v\":1,\"kid\":\"edge.7\",\"x\":{\"y\":{}}}", "{\"v\":1,\"kid\":\"edge.7\"} {}"})
    void whatIsNoDocumentOfTheKeyIsNotRead(String text) {
        assertThatThrownBy(() -> read(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyTornDocumentIsRefused() {
        byte[] whole = KeyDocumentCodec.write(PLAIN.revoked(new Revocation(NOON, NOON, "lost")));
        for (int length = 0; length < whole.length - 1; length++) {
            byte[] torn = java.util.Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> KeyDocumentCodec.read(KID, torn)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anyBytesAreReadOrRefusedAndNothingElse() {
        Random random = new Random(7);
        byte[] whole = KeyDocumentCodec.write(PLAIN);
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = whole.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            try {
                assertThat(KeyDocumentCodec.read(KID, changed).kid()).isEqualTo(KID);
            } catch (IllegalArgumentException e) {
                assertThat(e).isNotNull();
            }
        }
    }

    @Test
    void bothEndsOfAValidityAreWiderByTheClocksSkewAndARevocationIsExact() {
        Instant end = NOON.plusSeconds(3_600);
        KeyDocument limited = new KeyDocument(KID, KEY.fingerprint(), NOON, end, null, null, null);

        assertThat(limited.objection(KEY, NOON.minus(KeyDocument.CLOCK_SKEW))).isNull();
        assertThat(limited.objection(KEY, NOON.minus(KeyDocument.CLOCK_SKEW).minusMillis(1))).isEqualTo(KeyObjection.NOT_YET_VALID);
        assertThat(limited.objection(KEY, end.plus(KeyDocument.CLOCK_SKEW).minusMillis(1))).isNull();
        assertThat(limited.objection(KEY, end.plus(KeyDocument.CLOCK_SKEW))).isEqualTo(KeyObjection.EXPIRED);
        KeyDocument revoked = limited.revoked(new Revocation(end, NOON.plusSeconds(60), "stolen"));
        assertThat(revoked.objection(KEY, NOON.plusSeconds(60).minusMillis(1))).isNull();
        assertThat(revoked.objection(KEY, NOON.plusSeconds(60))).isEqualTo(KeyObjection.REVOKED);
        assertThat(revoked.objection(KEY, end.plusSeconds(86_400))).isEqualTo(KeyObjection.REVOKED);
    }

    @Test
    void twoKeysAreValidWhileTheirTimesOverlap() {
        KeyDocument old = new KeyDocument(KID, null, null, NOON.plusSeconds(600), null, Kid.of("edge.8"), null);
        KeyDocument next = new KeyDocument(Kid.of("edge.8"), null, NOON, null, null, null, null);

        assertThat(old.objection(KEY, NOON.plusSeconds(300))).isNull();
        assertThat(next.objection(KEY, NOON.plusSeconds(300))).isNull();
    }

    @Test
    void anotherKeyUnderTheSameIdIsNamed() {
        assertThat(PLAIN.objection(Ed25519.newKeyPair().publicKey(), NOON)).isEqualTo(KeyObjection.SWAPPED);
    }

    @Test
    void theNewerStatementOfARegistryCountsInWhicheverOrderTheyCome() {
        KeyDocument first = announced(3, null);
        KeyDocument revoked = announced(4, new Revocation(NOON, NOON, "lost"));
        KeyDocument restored = announced(5, null);

        assertThat(revoked.supersedes(first)).isTrue();
        assertThat(first.supersedes(revoked)).isFalse();
        assertThat(revoked.supersedes(revoked)).isFalse();
        assertThat(restored.supersedes(revoked)).isTrue();
        assertThat(revoked.supersedes(restored)).isFalse();
    }

    @Test
    void noRegistryUndoesWhatWasRevokedHereNorExchangesAKey() {
        KeyDocument here = PLAIN.revoked(new Revocation(NOON, NOON, "lost"));

        assertThat(announced(9, null).supersedes(here)).isFalse();
        assertThat(announced(9, new Revocation(NOON, NOON.minusSeconds(1), "lost")).supersedes(here)).isTrue();
        assertThat(announced(9, null).supersedes(PLAIN)).isTrue();
        assertThat(KeyDocument.of(KID, Ed25519.newKeyPair().publicKey()).supersedes(PLAIN)).isFalse();
    }

    @Test
    void anotherLifeOfTheRegistryUndoesNoRevocationNorMovesItToALaterTime() {
        KeyDocument before = announced("before", 9, new Revocation(NOON, NOON, "lost"));

        assertThat(announced("after", 10, null).supersedes(before)).isFalse();
        assertThat(announced("after", 10, new Revocation(NOON.plusSeconds(1), NOON.plusSeconds(1), "lost")).supersedes(before)).isFalse();
        assertThat(announced("after", 1, new Revocation(NOON, NOON.minusSeconds(1), "lost")).supersedes(before)).isTrue();
        assertThat(announced("after", 1, null).supersedes(announced("before", 9, null))).isTrue();
    }

    private static KeyDocument announced(long version, Revocation revocation) {
        return announced("epoch", version, revocation);
    }

    private static KeyDocument announced(String epoch, long version, Revocation revocation) {
        return new KeyDocument(KID, KEY.fingerprint(), null, null, revocation, null, new Origin(epoch, version));
    }

    private static KeyDocument read(String text) {
        return KeyDocumentCodec.read(KID, text.getBytes(StandardCharsets.UTF_8));
    }
}
