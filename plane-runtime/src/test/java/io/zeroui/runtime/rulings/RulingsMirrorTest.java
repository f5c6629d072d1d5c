package io.zeroui.runtime.rulings;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.policy.trust.MetadataSigner;
import io.zeroui.contracts.rulings.Rulings;
import io.zeroui.contracts.rulings.RulingsCodec;
import io.zeroui.contracts.rulings.RulingsObjection;
import io.zeroui.contracts.rulings.SignedRulings;
import io.zeroui.contracts.rulings.delivery.RulingsDelivered;
import io.zeroui.contracts.rulings.providers.ProviderRules;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import io.zeroui.contracts.signature.SpkiPem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A verified copy, whatever comes in whatever order, and whatever lies in its file. */
class RulingsMirrorTest {

    private static final Ed25519KeyPair KEYS = Ed25519.newKeyPair();
    private static final Ed25519KeyPair STRANGER = Ed25519.newKeyPair();
    private static final Instant AT = Instant.parse("2026-06-01T00:00:00Z");

    @TempDir
    Path folder;
    private Path file;
    private Path trust;

    @BeforeEach
    void pin() throws IOException {
        file = folder.resolve("rulings.json");
        trust = Files.writeString(folder.resolve("trust.pem"), SpkiPem.write(KEYS.publicKey()));
    }

    @Test
    void theNewestThatCameCountsWhateverTheOrderAndRepetition() throws IOException {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            List<Long> versions = new ArrayList<>();
            for (int i = 1 + random.nextInt(8); i > 0; i--) {
                versions.add(1L + random.nextInt(10));
            }
            Collections.shuffle(versions, random);
            Files.deleteIfExists(file);
            RulingsMirror mirror = mirror();
            for (long version : versions) {
                boolean taken = mirror.take(delivery(KEYS, version));
                assertThat(taken || version(mirror) >= version).isTrue();
                if (random.nextInt(4) == 0) {
                    mirror = mirror();
                    mirror.look();
                }
            }
            assertThat(version(mirror)).as("%s", versions).isEqualTo(Collections.max(versions));
            RulingsMirror restarted = mirror();
            restarted.look();
            assertThat(version(restarted)).as("after a restart").isEqualTo(Collections.max(versions));
            assertThat(restarted.state().decisions()).isNotNull();
        }
    }

    @Test
    void whatIsForgedOrDamagedChangesNothing() throws IOException {
        RulingsMirror mirror = mirror();
        assertThat(mirror.take(delivery(KEYS, 5))).isTrue();
        refused(mirror, RulingsObjection.UNKNOWN_KEY, delivery(STRANGER, 9));
        RulingsDelivered good = delivery(KEYS, 9);
        refused(mirror, RulingsObjection.WRONG_HASH, new RulingsDelivered(1, 9, delivery(KEYS, 8).sha256(), good.document()));
        refused(mirror, RulingsObjection.ROLLBACK, delivery(KEYS, 4));
        assertThat(mirror.take(good)).isTrue();
        assertThat(mirror.state().objection()).as("a good one forgets the refusal").isNull();
    }

    private void refused(RulingsMirror mirror, RulingsObjection why, RulingsDelivered delivery) throws IOException {
        assertThat(mirror.take(delivery)).isFalse();
        assertThat(mirror.state().objection()).isEqualTo(why);
        assertThat(version(mirror)).isEqualTo(5);
    }

    @Test
    void aFileThatIsNotToBeBelievedIsNotAndTheGoodOneIsPutBack() throws IOException {
        RulingsMirror mirror = mirror();
        assertThat(mirror.take(delivery(KEYS, 5))).isTrue();
        byte[] five = Files.readAllBytes(file);
        Files.writeString(file, "torn");
        mirror.look();
        assertThat(version(mirror)).isEqualTo(5);
        assertThat(Files.readAllBytes(file)).isEqualTo(five);
        Files.write(file, delivery(KEYS, 3).bytes());
        mirror.look();
        assertThat(version(mirror)).as("an older one does not come back while the service runs").isEqualTo(5);
        Files.delete(file);
        mirror.look();
        assertThat(Files.readAllBytes(file)).isEqualTo(five);
        Files.write(file, delivery(STRANGER, 9).bytes());
        RulingsMirror restarted = mirror();
        restarted.look();
        assertThat(restarted.state().rulings()).as("a restart believes a stranger's no more").isNull();
        assertThat(restarted.state().objection()).isEqualTo(RulingsObjection.UNKNOWN_KEY);
    }

    @Test
    void instancesThatShareTheFileHaveTheNewestOfAll() throws IOException {
        RulingsMirror one = mirror();
        RulingsMirror other = mirror();
        assertThat(one.take(delivery(KEYS, 5))).isTrue();
        other.look();
        assertThat(version(other)).isEqualTo(5);
        assertThat(other.take(delivery(KEYS, 6))).isTrue();
        assertThat(one.take(delivery(KEYS, 5))).isFalse();
        one.look();
        assertThat(version(one)).isEqualTo(6);
    }

    @Test
    void keysComeLateChangeAndGo() throws IOException {
        Files.delete(trust);
        RulingsMirror mirror = mirror();
        mirror.look();
        assertThat(mirror.take(delivery(KEYS, 5))).as("nobody is believed yet").isFalse();
        Files.writeString(trust, SpkiPem.write(KEYS.publicKey()));
        assertThat(mirror.take(delivery(KEYS, 5))).isTrue();
        Files.writeString(trust, SpkiPem.write(KEYS.publicKey()) + SpkiPem.write(STRANGER.publicKey()));
        assertThat(mirror.take(delivery(STRANGER, 6))).as("while keys change both are pinned").isTrue();
        Files.writeString(trust, SpkiPem.write(KEYS.publicKey()));
        mirror.look();
        assertThat(mirror.state().rulings()).as("what a key signed that is pinned no more").isNull();
        assertThat(mirror.take(delivery(KEYS, 7))).isTrue();
    }

    @Test
    void whatCouldNotBeWrittenDoesNotCount() throws IOException {
        Path blocked = Files.writeString(folder.resolve("no-folder"), "a file");
        RulingsMirror mirror = new RulingsMirror(blocked.resolve("rulings.json"), new PinnedKeys(Optional.of(trust)));
        assertThat(catchIo(() -> mirror.take(delivery(KEYS, 5)))).isTrue();
        assertThat(mirror.state().rulings()).isNull();
    }

    private interface Work {
        boolean run() throws IOException;
    }

    private static boolean catchIo(Work work) {
        try {
            return !work.run() && false;
        } catch (IOException e) {
            return true;
        }
    }

    private RulingsMirror mirror() {
        return new RulingsMirror(file, new PinnedKeys(Optional.of(trust)));
    }

    private static long version(RulingsMirror mirror) {
        SignedRulings rulings = mirror.state().rulings();
        return rulings == null ? 0 : rulings.rulings().version();
    }

    private static RulingsDelivered delivery(Ed25519KeyPair keys, long version) {
        RulingsDelivered delivered = RulingsDelivered.of(RulingsCodec.sign(
                new Rulings(Rulings.SCHEMA, "acme", 1, version, AT, AT.plusSeconds(60), ProviderRules.NONE, List.of()), MetadataSigner.of(keys)));
        assertThat(delivered.bytes()).isEqualTo(delivered.document().getBytes(StandardCharsets.UTF_8));
        return delivered;
    }
}
