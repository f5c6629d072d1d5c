package io.zeroui.contracts.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.policy.InvalidPolicy.Reason;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a snapshot is, and what is none. */
class PolicySnapshotTest {

    private static final PolicyVersion ID = new PolicyVersion("merge-gate", "1.0");
    private static final PolicyLabels LABELS = new PolicyLabels("gate", "repo:payments-api", Enforcement.SOFT_BLOCK);
    private static final Instant AT = Instant.parse("2026-01-31T12:00:00Z");

    private final Ed25519KeyPair keys = Ed25519.newKeyPair();

    @Test
    void aSnapshotIsReadAsItWasSignedAndNeverWithOtherContent() throws InvalidPolicy {
        ObjectNode content = object().put("b", 1.50).put("a", "x");
        byte[] bytes = sign(content);
        PolicySnapshot read = PolicySnapshotCodec.read(bytes);

        assertThat(read.id()).isEqualTo(ID);
        assertThat(read.labels()).isEqualTo(LABELS);
        assertThat(read.timestamp()).isEqualTo(AT);
        assertThat(read.content().toString()).isEqualTo("{\"a\":\"x\",\"b\":1.5}");
        assertThat(read.contentHash().prefixed())
                .isEqualTo("sha256:" + sha256("{\"a\":\"x\",\"b\":1.5}")).isEqualTo(PolicySnapshotCodec.hash(content).prefixed());
        assertThat(read.isSignedBy(keys.publicKey())).isTrue();
        assertThat(read.isSignedBy(Ed25519.newKeyPair().publicKey())).isFalse();
        assertThat(reason(text(bytes).replace("\"a\":\"x\"", "\"a\":\"y\""))).isEqualTo(Reason.OTHER_HASH);
        assertThat(PolicySnapshotCodec.read(text(bytes).replace("soft_block", "warn").getBytes(StandardCharsets.UTF_8))
                .isSignedBy(keys.publicKey())).isFalse();
    }

    @Test
    void sourceCodeSecretsAndPersonalDataAreRefusedWithTheirPath() {
        ObjectNode mail = object();
        mail.putObject("owners").putArray("list").add("x").add("jane.doe@example.org");
        assertThat(refused(mail).reason()).isEqualTo(Reason.CONTAINS_PERSONAL_DATA);
        assertThat(refused(mail).path()).isEqualTo("/policy_content/owners/list/1");
        assertThat(refused(object().put("signature", "jane.doe@example.org")).path()).isEqualTo("/policy_content/signature");
    }

    @Test
    void whatIsTooLargeOrTooDeepIsRefused() {
        ObjectNode deep = object();
        ObjectNode at = deep;
        for (int i = 0; i < 40; i++) {
            at = at.putObject("a");
        }
        assertThat(refused(deep).reason()).isEqualTo(Reason.TOO_DEEP);
        ObjectNode large = object();
        for (int i = 0; i < 20; i++) {
            large.put("m" + i, "word ".repeat(12_000));
        }
        assertThat(refused(large).reason()).isEqualTo(Reason.TOO_LARGE);
    }

    @Test
    void aDocumentWithoutAMemberIsNone() throws InvalidPolicy {
        String good = text(sign(object()));
        for (String member : List.of("policy_id", "version", "snapshot_hash", "policy_content", "timestamp_utc", "signature", "metadata")) {
            assertThat(reason(good.replace("\"" + member + "\"", "\"other\""))).as(member).isIn(Reason.INVALID_MEMBER, Reason.OTHER_HASH);
        }
        assertThat(reason("[]")).isEqualTo(Reason.MALFORMED);
        assertThat(reason(good + "x")).isEqualTo(Reason.MALFORMED);
    }

    private byte[] sign(ObjectNode content) throws InvalidPolicy {
        return PolicySnapshotCodec.sign(ID, LABELS, content, AT, Kid.of("k.1"), keys.privateKey());
    }

    private InvalidPolicy refused(ObjectNode content) {
        return catchThrowableOfType(InvalidPolicy.class, () -> sign(content));
    }

    private static Reason reason(String document) {
        return catchThrowableOfType(InvalidPolicy.class, () -> PolicySnapshotCodec.read(document.getBytes(StandardCharsets.UTF_8)))
                .reason();
    }

    private static String sha256(String text) {
        return io.zeroui.contracts.receipts.Hash.of(text.getBytes(StandardCharsets.UTF_8)).hex();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
