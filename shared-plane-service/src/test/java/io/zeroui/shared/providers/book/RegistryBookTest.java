package io.zeroui.shared.providers.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.rulings.names.NamespaceProof;
import io.zeroui.contracts.rulings.providers.DataCategory;
import io.zeroui.contracts.rulings.providers.DecisionQuestion;
import io.zeroui.contracts.rulings.providers.Ground;
import io.zeroui.contracts.rulings.providers.ProviderDecisions;
import io.zeroui.contracts.rulings.providers.ProviderRule;
import io.zeroui.contracts.rulings.providers.ProviderRule.Effect;
import io.zeroui.contracts.rulings.providers.Standing;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import io.zeroui.shared.providers.Documents;
import io.zeroui.shared.providers.book.RegistryDeed.NamespaceGranted;
import io.zeroui.shared.providers.book.RegistryDeed.NamespaceWithdrawn;
import io.zeroui.shared.providers.book.RegistryDeed.RuleRemoved;
import io.zeroui.shared.providers.book.RegistryDeed.RuleSet;
import io.zeroui.shared.providers.book.RegistryDeed.StandingSet;
import io.zeroui.shared.providers.book.RegistryRefused.Why;
import io.zeroui.shared.providers.entries.EntryKind;
import io.zeroui.shared.providers.entries.InvalidEntry;
import io.zeroui.shared.providers.entries.SignedEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the registry allows, and what it comes to; every act is read back from its journal form. */
class RegistryBookTest {

    private static final Ed25519KeyPair ACME = Ed25519.newKeyPair();
    private static final Ed25519KeyPair TEAM = Ed25519.newKeyPair();
    private static final Ed25519KeyPair STRANGER = Ed25519.newKeyPair();
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    private final RegistryBook book = new RegistryBook("zeroui");
    private final List<RegistryDeed> journal = new ArrayList<>();

    @Test
    void whoHasProvenThatANamespaceIsHisMayRegisterBelowItAndNobodyElse() throws RegistryRefused, InvalidEntry {
        refused(Why.NOT_PROVEN, () -> register(Documents.provider("acme"), ACME));
        refused(Why.NOT_PROVEN, () -> book.check(grant("acme", ACME, STRANGER, null)));
        act(grant("acme", ACME, ACME, null));
        register(Documents.provider("acme"), ACME);
        register(Documents.model("acme/chat", "1.0"), ACME);
        refused(Why.NOT_PROVEN, () -> register(Documents.model("acme/chat", "1.1"), STRANGER));
        refused(Why.NOT_PROVEN, () -> register(Documents.adapter("acmeother/bridge", "1.0"), ACME));
        refused(Why.NOT_PROVEN, () -> book.check(grant("acme/team", TEAM, TEAM, null)));
        refused(Why.NOT_PROVEN, () -> book.check(grant("acme/team", TEAM, TEAM, STRANGER)));
        act(grant("acme/team", TEAM, TEAM, ACME));
        register(Documents.adapter("acme/team/bridge", "1.0"), TEAM);
        refused(Why.NOT_PROVEN, () -> register(Documents.adapter("acme/team/bridge", "1.1"), ACME));
        act(new NamespaceWithdrawn("acme/team", "left"));
        register(Documents.adapter("acme/team/bridge", "1.1"), ACME);
        refused(Why.NOT_FOUND, () -> book.check(new NamespaceWithdrawn("acme/team", "again")));
    }

    @Test
    void aVersionIsWrittenOnce() throws RegistryRefused, InvalidEntry {
        begin();
        ObjectNode same = Documents.signed(Documents.model("acme/chat", "1.0"), ACME);
        assertThat(book.registering(SignedEntry.read(same))).as("the same again").isNull();
        ObjectNode other = Documents.model("acme/chat", "1.0").put("title", "another");
        refused(Why.CONFLICT, () -> register(other, ACME));
        refused(Why.NOT_FOUND, () -> register(Documents.model("nobody/chat", "1.0").put("name", "acme/x/chat").put("provider", "acme/x"), ACME));
    }

    @Test
    void aTamperedDocumentIsNotSignedByItsHolder() throws RegistryRefused, InvalidEntry {
        begin();
        ObjectNode signed = Documents.signed(Documents.model("acme/chat", "2.0"), ACME);
        signed.withObject("/terms").put("accepts", "restricted");
        refused(Why.NOT_PROVEN, () -> act(book.registering(SignedEntry.read(signed))));
    }

    @Test
    void aRevocationIsForEverAndReachesEverythingBelow() throws RegistryRefused, InvalidEntry {
        begin();
        assertThat(ground("acme/chat")).isEqualTo(Ground.ALLOW_RULE);
        register(Documents.model("acme/chat", "1.1"), ACME);
        act(new StandingSet(EntryKind.MODEL, "acme/chat", "1.1", Standing.REVOKED, null, "leaks"));
        assertThat(ground("acme/chat@1.1")).isEqualTo(Ground.MODEL_REVOKED);
        assertThat(ground("acme/chat")).as("the newest that may be used").isEqualTo(Ground.ALLOW_RULE);
        refused(Why.CONFLICT, () -> book.check(new StandingSet(EntryKind.MODEL, "acme/chat", "1.1", Standing.ACTIVE, null, "back")));
        act(new StandingSet(EntryKind.ADAPTER, "acme/bridge", null, Standing.DEPRECATED, NOW.plusSeconds(1), "old"));
        assertThat(ground("acme/chat")).isEqualTo(Ground.ALLOW_RULE);
        assertThat(ground("acme/chat", NOW.plusSeconds(1))).isEqualTo(Ground.ADAPTER_RETIRED);
        act(new StandingSet(EntryKind.ADAPTER, "acme/bridge", null, Standing.ACTIVE, null, "after all"));
        assertThat(ground("acme/chat", NOW.plusSeconds(1))).isEqualTo(Ground.ALLOW_RULE);
        act(new StandingSet(EntryKind.PROVIDER, "acme", null, Standing.REVOKED, null, "gone"));
        assertThat(ground("acme/chat@1.0")).isEqualTo(Ground.MODEL_REVOKED);
        refused(Why.CONFLICT, () -> register(Documents.model("acme/chat", "3.0"), ACME));
        refused(Why.NOT_FOUND, () -> book.check(new StandingSet(EntryKind.MODEL, "acme/none", null, Standing.REVOKED, null, "x")));
        refused(Why.CONFLICT, () -> book.check(new StandingSet(EntryKind.MODEL, "acme/chat", "1.0", Standing.REVOKED, NOW, "sunset of a revocation")));
    }

    @Test
    void aRulesVersionGoesOnAfterItWasRemoved() throws RegistryRefused, InvalidEntry {
        begin();
        assertThat(book.nextRuleVersion("open")).isEqualTo(2);
        act(new RuleRemoved("open", "closed"));
        assertThat(ground("acme/chat")).isEqualTo(Ground.NO_RULE);
        assertThat(book.nextRuleVersion("open")).isEqualTo(2);
        refused(Why.NOT_FOUND, () -> book.check(new RuleRemoved("open", "again")));
    }

    @Test
    void aBookThatIsFullTakesNoMoreAndOneThatIsReplayedIsTheSame() throws RegistryRefused, InvalidEntry {
        begin();
        String long_ = "a".repeat(190) + "*";
        int set = 0;
        Exception refusal = null;
        while (refusal == null) {
            RuleSet deed = new RuleSet(rule("rule-" + set, long_), "fill");
            try {
                book.check(deed);
            } catch (RegistryRefused e) {
                assertThat(e.why()).isEqualTo(Why.FULL);
                refusal = e;
                continue;
            }
            act(deed);
            set++;
        }
        assertThat(set).isGreaterThan(5_000);
        book.check(new RuleSet(rule("rule-1", "*"), "a shorter one finds room"));
        RegistryBook again = new RegistryBook("zeroui");
        for (int i = 0; i < journal.size(); i++) {
            again.apply(i + 1, journal.get(i));
        }
        assertThat(again.rules()).isEqualTo(book.rules());
        assertThatThrownBy(() -> again.apply(journal.size() + 2, journal.get(0))).isInstanceOf(IllegalArgumentException.class);
    }

    private void begin() throws RegistryRefused, InvalidEntry {
        act(grant("acme", ACME, ACME, null));
        register(Documents.provider("acme"), ACME);
        register(Documents.model("acme/chat", "1.0"), ACME);
        register(Documents.adapter("acme/bridge", "1.0"), ACME);
        act(new RuleSet(rule("open", "acme/*"), "begin"));
    }

    private Ground ground(String model) {
        return ground(model, NOW);
    }

    private Ground ground(String model, Instant at) {
        return ProviderDecisions.of(book.rules()).decide(DecisionQuestion.of(TenantId.of("one"), model, DataCategory.INTERNAL, Region.LOCAL, "acme/bridge",
                Documents.SHA, at)).ground();
    }

    private void register(ObjectNode document, Ed25519KeyPair keys) throws RegistryRefused, InvalidEntry {
        act(book.registering(SignedEntry.read(Documents.signed(document, keys))));
    }

    private void act(@Nullable RegistryDeed deed) throws RegistryRefused {
        assertThat(deed).isNotNull();
        if (deed != null) {
            book.check(deed);
            RegistryDeed read = DeedCodec.read(deed.kind(), DeedCodec.write(deed));
            assertThat(read).isEqualTo(deed);
            book.apply(book.last() + 1, read);
            journal.add(read);
        }
    }

    private static NamespaceGranted grant(String namespace, Ed25519KeyPair keys, Ed25519KeyPair prover, @Nullable Ed25519KeyPair holder) {
        NamespaceProof statement = new NamespaceProof("zeroui", namespace, keys.publicKey());
        return new NamespaceGranted(namespace, keys.publicKey().base64(), statement.sign(prover.privateKey()),
                holder == null ? null : statement.sign(holder.privateKey()), "asked for");
    }

    private static ProviderRule rule(String id, String model) {
        return new ProviderRule(id, 1, Effect.ALLOW, null, List.of(), model, "*", "*", "*", List.of(), List.of(), null, null);
    }

    private interface Act {
        void run() throws Exception;
    }

    private static void refused(Why why, Act act) {
        assertThatThrownBy(act::run).isInstanceOfSatisfying(RegistryRefused.class, e -> assertThat(e.why()).as("%s", e.getMessage()).isEqualTo(why));
    }
}
