package io.zeroui.shared.providers.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.policy.trust.MetadataSigner;
import io.zeroui.contracts.rulings.GateVerdict;
import io.zeroui.contracts.rulings.GateVerdict.SubjectKind;
import io.zeroui.contracts.rulings.GateVerdict.Verdict;
import io.zeroui.contracts.rulings.RulingsRefused;
import io.zeroui.contracts.rulings.RulingsTrust;
import io.zeroui.contracts.rulings.SignedRulings;
import io.zeroui.contracts.rulings.providers.ProviderRule;
import io.zeroui.contracts.rulings.providers.ProviderRule.Effect;
import io.zeroui.contracts.rulings.providers.ProviderRules;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is signed when, and that versions never go back, whatever happens to disk and clock. */
class RulingsDeskTest {

    private static final Ed25519KeyPair KEYS = Ed25519.newKeyPair();
    private static final Instant AT = Instant.parse("2026-06-01T00:00:00Z");

    @TempDir
    Path folder;

    @Test
    void whatSaysTheSameIsSignedAgainOnlyBeforeItExpires() throws IOException {
        RulingsDesk desk = desk(1);
        SignedRulings first = desk.sign(rules("a"), List.of(), AT);
        assertThat(desk.sign(rules("a"), List.of(), AT.plusSeconds(3_600))).isSameAs(first);
        assertThat(desk.sign(rules("b"), List.of(), AT.plusSeconds(3_600)).rulings().version()).isGreaterThan(first.rulings().version());
        SignedRulings later = desk.sign(rules("b"), List.of(), AT.plus(Duration.ofHours(20)));
        assertThat(later.rulings().expiresAt()).isEqualTo(AT.plus(Duration.ofHours(44)));
    }

    @Test
    void afterARestartItGoesOnWithWhatIsOnTheDisk() throws IOException {
        SignedRulings first = desk(1).sign(rules("a"), List.of(), AT);
        RulingsDesk again = desk(1);
        assertThat(again.current()).isNotNull();
        assertThat(again.sign(rules("a"), List.of(), AT.plusSeconds(1)).hash()).as("nothing new to tell").isEqualTo(first.hash());
    }

    @Test
    void neitherALostFileNorAClockThatWentBackBringsAnOlderVersion() throws IOException, RulingsRefused {
        RulingsDesk desk = desk(1);
        SignedRulings first = desk.sign(rules("a"), List.of(), AT);
        SignedRulings second = desk.sign(rules("b"), List.of(), AT.minusSeconds(3_600));
        assertThat(second.rulings().version()).as("the clock went back").isEqualTo(first.rulings().version() + 1);
        Files.delete(folder.resolve("rulings/rulings.json"));
        SignedRulings third = desk(1).sign(rules("c"), List.of(), AT.plusSeconds(60));
        RulingsTrust follower = new RulingsTrust(List.of(KEYS.publicKey()));
        assertThat(follower.judge(third.document(), follower.judge(second.document(), first)).rulings().version())
                .as("who follows goes on").isEqualTo(third.rulings().version());
        SignedRulings raised = desk(2).sign(rules("c"), List.of(), AT.plusSeconds(61));
        assertThat(raised.rulings().epoch()).isEqualTo(2);
        assertThat(desk(1).sign(rules("d"), List.of(), AT.plusSeconds(62)).rulings().epoch()).as("an epoch is not taken back").isEqualTo(2);
    }

    @Test
    void whatCannotBeWrittenIsNotSaid() throws IOException {
        RulingsDesk desk = desk(1);
        SignedRulings first = desk.sign(rules("a"), List.of(), AT);
        Path own = folder.resolve("rulings");
        Files.delete(own.resolve("rulings.json"));
        Files.delete(own);
        Files.writeString(own, "no folder any more");
        assertThatThrownBy(() -> desk.sign(rules("b"), List.of(), AT.plusSeconds(1))).isInstanceOf(UncheckedIOException.class);
        assertThat(desk.current()).isSameAs(first);
        Files.delete(own);
        assertThat(desk.sign(rules("b"), List.of(), AT.plusSeconds(2)).rulings().version()).isGreaterThan(first.rulings().version());
    }

    @Test
    void ofManyVerdictsTheNewestThatCountGo() throws IOException {
        List<GateVerdict> many = new ArrayList<>();
        for (int i = 0; i < VerdictSource.MOST + 10; i++) {
            many.add(verdict("gate-" + i, AT.minusSeconds(i), null));
        }
        many.add(verdict("over", AT, AT));
        List<GateVerdict> published = desk(1).sign(ProviderRules.NONE, many, AT).rulings().verdicts();
        assertThat(published).hasSizeLessThanOrEqualTo(VerdictSource.MOST).hasSizeGreaterThan(500).contains(many.get(0))
                .doesNotContain(many.get(many.size() - 1), many.get(VerdictSource.MOST + 9));
    }

    @Test
    void aKeyThatOthersCanReadIsNotUsed() throws IOException {
        Path file = Files.writeString(Files.createTempFile("key", ""), "00".repeat(32));
        assertThat(Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"))).isNotNull();
        assertThatThrownBy(() -> RulingsKey.read(file)).isInstanceOf(IOException.class);
        assertThat(Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"))).isNotNull();
        assertThat(RulingsKey.read(file).publicKey().raw()).hasSize(32);
        Files.writeString(file, "not hex");
        assertThatThrownBy(() -> RulingsKey.read(file)).isInstanceOf(IllegalArgumentException.class).hasMessageNotContaining("not hex");
    }

    private RulingsDesk desk(long epoch) throws IOException {
        return RulingsDesk.open(MetadataSigner.of(KEYS), folder, "zeroui", new RulingsConfig() {
            @Override
            public Optional<Path> key() {
                return Optional.empty();
            }

            @Override
            public long epoch() {
                return epoch;
            }

            @Override
            public Duration lifetime() {
                return Duration.ofDays(1);
            }

            @Override
            public Duration look() {
                return Duration.ofSeconds(2);
            }
        });
    }

    private static ProviderRules rules(String id) {
        return new ProviderRules(List.of(), List.of(),
                List.of(new ProviderRule(id, 1, Effect.ALLOW, null, List.of(), "*", "*", "*", "*", List.of(), List.of(), null, null)));
    }

    private static GateVerdict verdict(String gate, Instant decided, @Nullable Instant expires) {
        return new GateVerdict(gate, SubjectKind.MODEL, "acme/chat", "1", Verdict.PASS, "run", List.of(), decided, expires);
    }
}
