package io.zeroui.contracts.rulings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.policy.trust.MetadataSigner;
import io.zeroui.contracts.rulings.GateVerdict.SubjectKind;
import io.zeroui.contracts.rulings.GateVerdict.Verdict;
import io.zeroui.contracts.rulings.providers.DataCategory;
import io.zeroui.contracts.rulings.providers.ProviderRule;
import io.zeroui.contracts.rulings.providers.ProviderRule.Effect;
import io.zeroui.contracts.rulings.providers.ProviderRules;
import io.zeroui.contracts.rulings.providers.RuledAdapter;
import io.zeroui.contracts.rulings.providers.RuledModel;
import io.zeroui.contracts.rulings.providers.Standing;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which documents are believed, and after which others. */
class RulingsTrustTest {

    private static final Ed25519KeyPair KEYS = Ed25519.newKeyPair();
    private static final Ed25519KeyPair NEXT = Ed25519.newKeyPair();
    private static final Instant AT = Instant.parse("2026-06-01T00:00:00Z");

    private final RulingsTrust trust = new RulingsTrust(List.of(KEYS.publicKey()));

    @Test
    void whatIsSignedIsReadAsItWasWritten() throws RulingsRefused {
        Rulings rulings = rulings(1, 7, "acme");
        SignedRulings signed = RulingsCodec.sign(rulings, MetadataSigner.of(KEYS));
        SignedRulings read = trust.judge(signed.document(), null);
        assertThat(read.rulings()).isEqualTo(rulings);
        assertThat(read.hash()).isEqualTo(signed.hash());
        assertThat(trust.judge(signed.document(), read)).as("the same again").isSameAs(read);
        assertThat(rulings.verdict("safety", SubjectKind.POLICY, "licences", "1.0", AT)).isPresent();
        assertThat(rulings.verdict("safety", SubjectKind.POLICY, "licences", "1.0", AT.plusSeconds(60))).as("expired").isEmpty();
        assertThat(rulings.verdict("safety", SubjectKind.MODEL, "licences", "1.0", AT)).isEmpty();
    }

    @Test
    void newerIsBelievedAndOlderIsNot() throws RulingsRefused {
        SignedRulings seven = judged(sign(1, 7), null);
        assertThat(judged(sign(1, 8), seven).rulings().version()).isEqualTo(8);
        assertThat(judged(sign(2, 1), seven).rulings().epoch()).as("versions begun anew").isEqualTo(2);
        refused(RulingsObjection.ROLLBACK, sign(1, 6), seven);
        refused(RulingsObjection.ROLLBACK, sign(1, 9), judged(sign(2, 1), seven));
        refused(RulingsObjection.EQUIVOCATION, RulingsCodec.sign(new Rulings(Rulings.SCHEMA, "acme", 1, 7, AT, AT.plusSeconds(60),
                ProviderRules.NONE, List.of()), MetadataSigner.of(KEYS)).document(), seven);
        refused(RulingsObjection.WRONG_ORGANISATION, RulingsCodec.sign(rulings(1, 8, "other"), MetadataSigner.of(KEYS)).document(), seven);
    }

    @Test
    void forgedDocumentsAreRefused() throws RulingsRefused {
        byte[] document = sign(1, 7);
        String text = new String(document, StandardCharsets.UTF_8);
        refused(RulingsObjection.UNKNOWN_KEY, RulingsCodec.sign(rulings(1, 7, "acme"), MetadataSigner.of(NEXT)).document(), null);
        refused(RulingsObjection.BAD_SIGNATURE, bytes(text.replace("\"deny\"", "\"allow\"")), null);
        refused(RulingsObjection.BAD_SIGNATURE, bytes(text.replace("\"version\":7", "\"version\":8")), null);
        refused(RulingsObjection.BAD_SIGNATURE, bytes(text.replaceFirst("\\{", "{\"more\":1,")), null);
        refused(RulingsObjection.MALFORMED, bytes(text.replaceFirst("\"signature\":\"[^\"]*\"", "\"signature\":\"none\"")), null);
        refused(RulingsObjection.MALFORMED, bytes(text.replaceFirst("\\{", "{\"schema\":\"again\",")), null);
        refused(RulingsObjection.MALFORMED, bytes("[]"), null);
        refused(RulingsObjection.TOO_LARGE, new byte[RulingsCodec.MAX_BYTES + 1], null);
        String kid = RulingsCodec.kid(KEYS.publicKey()).value();
        String other = new String(RulingsCodec.sign(rulings(1, 7, "acme"), MetadataSigner.of(NEXT)).document(), StandardCharsets.UTF_8);
        refused(RulingsObjection.BAD_SIGNATURE, bytes(other.replace(RulingsCodec.kid(NEXT.publicKey()).value(), kid)), null);
    }

    @Test
    void whileKeysChangeBothArePinned() throws RulingsRefused {
        RulingsTrust both = new RulingsTrust(List.of(KEYS.publicKey(), NEXT.publicKey()));
        SignedRulings before = both.judge(sign(1, 7), null);
        assertThat(both.judge(RulingsCodec.sign(rulings(1, 8, "acme"), MetadataSigner.of(NEXT)).document(), before).rulings().version()).isEqualTo(8);
        assertThat(both.kids()).hasSize(2);
    }

    @Test
    void theSignedFormOfAnotherDocumentIsNone() {
        Ed25519KeyPair keys = KEYS;
        byte[] receipt = io.zeroui.contracts.signature.DocumentSigner.sign(
                com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode().put("receipt_id", "1"),
                RulingsCodec.kid(keys.publicKey()), keys.privateKey());
        refused(RulingsObjection.MALFORMED, receipt, null);
    }

    private SignedRulings judged(byte[] document, @Nullable SignedRulings before) throws RulingsRefused {
        return trust.judge(document, before);
    }

    private void refused(RulingsObjection why, byte[] document, @Nullable SignedRulings before) {
        assertThatThrownBy(() -> judged(document, before))
                .isInstanceOfSatisfying(RulingsRefused.class, e -> assertThat(e.objection()).as("%s", e.getMessage()).isEqualTo(why));
    }

    private static byte[] sign(long epoch, long version) {
        return RulingsCodec.sign(rulings(epoch, version, "acme"), MetadataSigner.of(KEYS)).document();
    }

    private static Rulings rulings(long epoch, long version, String organisation) {
        RuledModel model = new RuledModel("acme/chat",
                List.of(new RuledModel.Version("1.0.0", Standing.DEPRECATED, AT, List.of("eu-*"), DataCategory.INTERNAL)));
        RuledAdapter adapter = new RuledAdapter("acme/bridge",
                List.of(new RuledAdapter.Version("1.0.0", Standing.ACTIVE, null, "ab".repeat(32), List.of(new RuledAdapter.Fit("acme/*", ">=1")))));
        ProviderRule rule = new ProviderRule("no-export", 2, Effect.DENY, null, List.of("two"), "acme/*", ">=1", "*", "*",
                List.of(DataCategory.CONFIDENTIAL), List.of("us-*"), AT, null);
        GateVerdict verdict = new GateVerdict("safety", SubjectKind.POLICY, "licences", "1.0", Verdict.PASS, "run-1", List.of("all 200 items"), AT,
                AT.plusSeconds(60));
        return new Rulings(Rulings.SCHEMA, organisation, epoch, version, AT, AT.plusSeconds(3_600),
                new ProviderRules(List.of(model), List.of(adapter), List.of(rule)), List.of(verdict));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
