package io.zeroui.shared.providers.entries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import io.zeroui.shared.providers.Documents;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What can be an entry. */
class SignedEntryTest {

    private static final Ed25519KeyPair KEYS = Ed25519.newKeyPair();

    @Test
    void whatIsOfItsKindsFormIsRead() throws InvalidEntry {
        assertThat(SignedEntry.read(Documents.signed(Documents.provider("acme"), KEYS)).content()).isInstanceOf(ProviderContent.class);
        assertThat(SignedEntry.read(Documents.signed(Documents.adapter("acme/bridge", "1"), KEYS)).content()).isInstanceOf(AdapterContent.class);
        SignedEntry model = SignedEntry.read(Documents.signed(Documents.model("acme/chat", "1"), KEYS));
        assertThat(model.content()).isInstanceOfSatisfying(ModelContent.class, content -> assertThat(content.prices().get(0).amount()).isEqualTo("2.50"));
        assertThat(model.isSignedBy(KEYS.publicKey())).isTrue();
        assertThat(model.isSignedBy(Ed25519.newKeyPair().publicKey())).isFalse();
    }

    @Test
    void neitherKeysNorSecretsNorPersonalDataNorSourceCodeNorWeightsFindRoom() {
        refused("metadata only", model -> model.put("title", "token sk-proj-abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGH"));
        refused("metadata only", model -> model.put("title", "-----BEGIN PRIVATE KEY----- MC4CAQAwBQYDK2VwBCIEIA"));
        refused("metadata only", model -> model.put("title", "ask jane.doe@example.com"));
        refused("metadata only", model -> model.put("api_key", "v8Jq2LmN4pRs6TuW"));
        refused("unknown", model -> model.put("weights", "AAAA".repeat(20)));
        refused("1000", model -> model.put("title", "A".repeat(1_001)));
        refused("65536", model -> {
            for (int i = 0; i < 100; i++) {
                model.withArray("/capabilities").add("A".repeat(900));
            }
        });
    }

    @Test
    void whatIsMissingUnknownOrOfAnotherFormIsNamed() {
        refused("terms", model -> model.remove("terms"));
        refused("regions", model -> model.putArray("regions"));
        refused("kind", model -> model.put("kind", "weights"));
        refused("provider", model -> model.put("provider", "other"));
        refused("name", model -> model.put("name", "acme/Chat"));
        refused("price", model -> model.withArray("/prices").addObject().put("unit", "images").put("per", 1).put("amount", "1e3").put("currency", "USD"));
        refused("form", model -> model.put("context_tokens", "many"));
        refused("signature", model -> model.put("signature", "none"));
    }

    private static void refused(String why, Consumer<ObjectNode> change) {
        ObjectNode model = Documents.signed(Documents.model("acme/chat", "1"), KEYS);
        change.accept(model);
        assertThatThrownBy(() -> SignedEntry.read(model)).as(why).isInstanceOf(InvalidEntry.class)
                .hasMessageContaining(why);
    }
}
