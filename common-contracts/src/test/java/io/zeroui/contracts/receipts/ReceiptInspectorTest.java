package io.zeroui.contracts.receipts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.SampleReceipts;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.receipts.Inspection.Accepted;
import io.zeroui.contracts.receipts.Inspection.Refused;
import io.zeroui.contracts.signature.DocumentSigner;
import io.zeroui.contracts.signature.Ed25519;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReceiptInspectorTest {

    private static final ReceiptInspector INSPECTOR = ReceiptInspector.withDefaults();
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void aSignedDecisionIsAcceptedByteForByte() {
        byte[] line = SampleReceipts.sign(SampleReceipts.decision());
        Accepted accepted = accepted(line);
        ReceiptHeader header = accepted.line().header();

        assertThat(accepted.line().bytes()).isSameAs(line);
        assertThat(accepted.line().hash()).isEqualTo(Hash.of(line));
        assertThat(accepted.key()).isEqualTo(SampleReceipts.KEYS.publicKey());
        assertThat(header.id()).hasToString("receipt-1769860800000-0123456789abcdef");
        assertThat(header.kind()).isEqualTo(ReceiptKind.DECISION);
        assertThat(header.gateId()).isEqualTo("pre-commit-size");
        assertThat(header.repoId()).hasToString("payments-api");
        assertThat(header.timestampUtc()).isEqualTo(Instant.parse("2026-01-31T11:59:58.123Z"));
        assertThat(header.evaluationPoint()).isEqualTo(EvaluationPoint.PRE_COMMIT);
        assertThat(header.status()).isEqualTo(DecisionStatus.WARN);
        assertThat(header.tenantId()).isNull();
        assertThat(header.plane() + header.environment() + header.emitterService()).isEqualTo("idedefaultunknown");
        assertThat(header.policyVersionIds()).containsExactly("size-limits-1.4.0");
        assertThat(header.actorType()).isEqualTo("human");
        assertThat(header.kid()).isEqualTo(SampleReceipts.KID);
    }

    @Test
    void aSignedFeedbackIsAccepted() {
        ReceiptHeader header = accepted(SampleReceipts.sign(SampleReceipts.feedback())).line().header();
        assertThat(header.kind()).isEqualTo(ReceiptKind.FEEDBACK);
        assertThat(header.id()).hasToString("fb-1769860800000");
        assertThat(header.parentId()).hasToString("receipt-1769860800000-0123456789abcdef");
        assertThat(header.status()).isNull();
        assertThat(header.evaluationPoint()).isEqualTo(EvaluationPoint.UNKNOWN);
    }

    @Test
    void membersThatTheFormatDoesNotKnowAreAllowedAndSigned() {
        ObjectNode receipt = SampleReceipts.decision();
        receipt.putObject("x_extension").put("number", 1.5e-7).putArray("list").add(true).addNull();
        assertThat(accepted(SampleReceipts.sign(receipt)).line().header().gateId()).isNotNull();
    }

    @Test
    void spacesAndOrderOfTheLineDoNotMatterForTheSignature() throws Exception {
        JsonNode signed = JSON.readTree(SampleReceipts.sign(SampleReceipts.decision()));
        String spaced = signed.toString().replace("\":", "\" : ").replace(",\"", " , \"");
        assertThat(accepted(spaced.getBytes(StandardCharsets.UTF_8)).line().hash()).isNotNull();
    }

    @Test
    void aModuleIsReadWhereItIsALabelAndNoReceiptIsRefusedForIt() {
        String longest = "m".repeat(256);
        for (String label : List.of("billing", longest, "größe/1")) {
            assertThat(accepted(SampleReceipts.sign(SampleReceipts.decision().put("module_id", label))).line().header().moduleId())
                    .isEqualTo(label);
        }
        for (String other : List.of("7", "null", "[\"billing\"]", "{}", "true", "\"\"", "\"  \"", "\"a\\nb\"", '"' + longest + "m\"")) {
            ObjectNode receipt = SampleReceipts.decision();
            receipt.set("module_id", json(other));
            assertThat(accepted(SampleReceipts.sign(receipt)).line().header().moduleId()).as(other).isNull();
        }
        assertThat(accepted(SampleReceipts.sign(SampleReceipts.feedback().put("module_id", "ui"))).line().header().moduleId())
                .isEqualTo("ui");
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    @Test
    void optionalMembersAreReadWhereTheyAre() {
        ObjectNode receipt = SampleReceipts.decision().put("tenant_id", "acme").put("plane", "tenant")
                .put("environment", "prod").put("emitter_service", "zeroui/edge-agent").put("severity", "high")
                .put("parent_receipt_id", "3f2c8a34-5b0e-4f6a-9f39-0c5c3a0e9a11").put("snapshot_hash", "")
                .put("data_category", "internal").put("degraded", true);
        receipt.remove("evaluation_point");
        receipt.putNull("context");
        ReceiptHeader header = accepted(SampleReceipts.sign(receipt)).line().header();
        assertThat(header.tenantId()).hasToString("acme");
        assertThat(header.environment()).isEqualTo("prod");
        assertThat(header.severity()).isEqualTo("high");
        assertThat(header.snapshotHash()).isNull();
        assertThat(header.degraded()).isTrue();
        assertThat(header.evaluationPoint()).isEqualTo(EvaluationPoint.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = { "receipt_id", "gate_id", "policy_version_ids", "snapshot_hash", "timestamp_utc",
            "timestamp_monotonic_ms", "inputs", "decision", "decision/status", "decision/rationale", "decision/badges",
            "actor", "actor/repo_id", "degraded" })
    void aDecisionWithoutARequiredMemberIsRefused(String path) {
        ObjectNode receipt = SampleReceipts.decision();
        parent(receipt, path).remove(last(path));
        assertRefused(SampleReceipts.sign(receipt), RefusalReason.MISSING_FIELD, "/" + path);
    }

    @ParameterizedTest
    @ValueSource(strings = { "decision_receipt_id", "pattern_id", "choice", "tags", "actor", "timestamp_utc" })
    void aFeedbackWithoutARequiredMemberIsRefused(String name) {
        ObjectNode receipt = SampleReceipts.feedback();
        receipt.remove(name);
        assertRefused(SampleReceipts.sign(receipt), RefusalReason.MISSING_FIELD, "/" + name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "receipt_id|7", "gate_id|null", "policy_version_ids|\"a\"", "policy_version_ids|[1]",
            "timestamp_utc|1769860800000",
            "timestamp_monotonic_ms|\"1\"", "timestamp_monotonic_ms|1.5", "inputs|[]", "inputs|\"x\"", "decision|\"pass\"",
            "decision/status|true",
            "decision/badges|{}", "actor|[]", "actor/repo_id|7", "degraded|\"false\"", "degraded|0", "result|7",
            "evidence_handles|{}", "evidence_handles|[7]",
            "override|7", "context|[]", "tenant_id|7", "severity|{}", "schema_version|1" })
    void aMemberOfTheWrongTypeIsRefused(String path, String json) throws Exception {
        Refused refused = changed(path, json);
        assertThat(refused.refusal().reason()).isEqualTo(RefusalReason.WRONG_TYPE);
        assertThat(refused.refusal().path()).startsWith("/" + path);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "receipt_id|\"1\"", "gate_id|\"\"", "gate_id|\"a\\u0007\"",
            "snapshot_hash|\"sha256:abc\"",
            "snapshot_hash|\"md5:9f86d081884c7d659a2feaa0c55ad015\"", "timestamp_utc|\"yesterday\"",
            "timestamp_utc|\"2026-01-31T12:00:00+02:00\"",
            "timestamp_monotonic_ms|-1", "timestamp_monotonic_ms|99999999999999999999", "evaluation_point|\"post-commit\"",
            "decision/status|\"PASS\"", "actor/type|\"robot\"", "actor/repo_id|\"Payments_API\"",
            "actor/repo_id|\"quarantine\"", "context/surface|\"tv\"",
            "data_category|\"secret\"", "schema_version|\"one\"", "tenant_id|\"ACME\"", "environment|\"a:b\"", "plane|\"\"",
            "emitter_service|\"a b\"" })
    void aMemberWithAValueThatIsNotAllowedIsRefused(String path, String json) throws Exception {
        Refused refused = changed(path, json);
        assertThat(refused.refusal().reason()).isEqualTo(RefusalReason.INVALID_VALUE);
        assertThat(refused.refusal().path()).isEqualTo("/" + path);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = { "actor/repo_id|\"../../etc\"", "actor/repo_id|\"a/b\"", "actor/repo_id|\"..\"",
            "actor/repo_id|\"a\\\\b\"",
            "tenant_id|\"../x\"", "receipt_id|\"../x\"" })
    void pathTraversalIsRefused(String path, String json) throws Exception {
        assertThat(changed(path, json).refusal())
                .extracting(Refusal::reason, Refusal::path).containsExactly(RefusalReason.UNSAFE_PATH, "/" + path);
    }

    @ParameterizedTest
    @ValueSource(strings = { "", "x", "sig-ed25519:../../k:AAAA", "sig-ed25519:k:AAAA", "sig-rsa:k:AAAA" })
    void aMalformedSignatureIsRefused(String signature) {
        ObjectNode receipt = SampleReceipts.decision().put("signature", signature);
        assertRefused(bytes(receipt), RefusalReason.SIGNATURE_MALFORMED, "/signature");
    }

    @Test
    void aReceiptWithoutSignatureIsRefused() {
        assertRefused(bytes(SampleReceipts.decision()), RefusalReason.MISSING_FIELD, "/signature");
    }

    @Test
    void aKeyThatIsNotTrustedIsRefused() {
        byte[] line = DocumentSigner.sign(SampleReceipts.decision(), Kid.of("other"), SampleReceipts.KEYS.privateKey());
        assertRefused(line, RefusalReason.KID_UNKNOWN, "/signature");
    }

    @Test
    void aSignatureOfAnotherKeyOrOfOtherContentIsRefused() throws Exception {
        byte[] byAnother = DocumentSigner.sign(SampleReceipts.decision(), SampleReceipts.KID,
                Ed25519.newKeyPair().privateKey());
        assertRefused(byAnother, RefusalReason.SIGNATURE_INVALID, "/signature");
        ObjectNode changed = (ObjectNode) JSON.readTree(SampleReceipts.sign(SampleReceipts.decision()));
        assertRefused(bytes(changed.put("degraded", true)), RefusalReason.SIGNATURE_INVALID, "/signature");
    }

    @Test
    void theFutureIsRefusedWhenALineArrivesAndNotWhenItWasStored() {
        byte[] soon = SampleReceipts.sign(SampleReceipts.decision().put("timestamp_utc", "2026-01-31T12:05:00Z"));
        byte[] later = SampleReceipts.sign(SampleReceipts.decision().put("timestamp_utc", "2026-01-31T12:05:00.001Z"));
        assertThat(accepted(soon)).isNotNull();
        assertRefused(later, RefusalReason.TIMESTAMP_IN_FUTURE, "/timestamp_utc");
        assertThat(INSPECTOR.inspectStored(later, SampleReceipts.TRUST, SampleReceipts.NOW)).isInstanceOf(Accepted.class);
    }

    @Test
    void contentIsRefusedWithItsPath() {
        ObjectNode mail = SampleReceipts.decision();
        ((ObjectNode) mail.get("inputs")).put("owner", "jane.doe@example.com");
        assertRefused(SampleReceipts.sign(mail), RefusalReason.CONTAINS_PERSONAL_DATA, "/inputs/owner");
        ObjectNode code = SampleReceipts.decision();
        ((ObjectNode) code.get("inputs")).put("snippet", "public static void main(String[] args) { }");
        assertRefused(SampleReceipts.sign(code), RefusalReason.CONTAINS_SOURCE_CODE, "/inputs/snippet");
        ObjectNode secret = SampleReceipts.decision();
        secret.putObject("result").put("key", "AKIA" + "IOSFODNN7EXAMPLE");
        assertRefused(SampleReceipts.sign(secret), RefusalReason.CONTAINS_SECRET, "/result/key");
    }

    @Test
    void whatIsNotALineOfJsonIsRefusedWithItsOwnReason() {
        String line = new String(SampleReceipts.sign(SampleReceipts.decision()), StandardCharsets.UTF_8);
        assertRefused(utf8(""), RefusalReason.NOT_JSON, null);
        assertRefused(utf8("hello"), RefusalReason.NOT_JSON, null);
        assertRefused(utf8(line + line), RefusalReason.NOT_JSON, null);
        assertRefused(utf8("[]"), RefusalReason.NOT_AN_OBJECT, null);
        assertRefused(utf8(line + "\r"), RefusalReason.CRLF, null);
        assertRefused(utf8(line + "\n" + line), RefusalReason.NOT_ONE_LINE, null);
        assertRefused(utf8("\ufeff" + line), RefusalReason.BOM, null);
        assertRefused(utf8(line + "\u0000"), RefusalReason.NUL, null);
        assertRefused(utf8(line.replace("size\"]", "size\u0000\"]")), RefusalReason.NUL, null);
        assertRefused(line.replace("size", "größe").getBytes(StandardCharsets.ISO_8859_1), RefusalReason.INVALID_UTF8, null);
        assertRefused(utf8(line.replace("\"degraded\":false", "\"degraded\":false,\"degraded\":true")),
                RefusalReason.DUPLICATE_MEMBER, null);
        assertRefused(utf8(line.replace("0.25", "[".repeat(40) + "]".repeat(40))), RefusalReason.TOO_DEEP, null);
        assertRefused(utf8(line.replace("0.25", "1e400")), RefusalReason.INVALID_VALUE, null);
        assertRefused(new byte[300_000], RefusalReason.TOO_LARGE, null);
    }

    @Test
    void everyReasonHasAStatusThatAgreesWithItsErrorCode() {
        for (RefusalReason reason : RefusalReason.values()) {
            assertThat(reason.httpStatus()).as(reason.name()).isBetween(400, 499);
            assertThat(reason.errorCode().retryable()).as(reason.name()).isFalse();
        }
        assertThat(RefusalReason.CONFLICTING_DUPLICATE.httpStatus()).isEqualTo(409);
        assertThat(RefusalReason.TENANT_MISMATCH.httpStatus()).isEqualTo(403);
        assertThat(RefusalReason.TOO_LARGE.httpStatus()).isEqualTo(413);
    }

    @Property(tries = 3_000)
    void noBytesMakeTheInspectorThrow(@ForAll byte[] line) {
        assertThat(INSPECTOR.inspect(line, SampleReceipts.TRUST, SampleReceipts.NOW)).isInstanceOf(Refused.class);
    }

    @Property(tries = 3_000)
    void noDamageToAReceiptMakesTheInspectorThrowAndNoneIsAccepted(@ForAll int position, @ForAll byte value) {
        byte[] line = SampleReceipts.sign(SampleReceipts.decision());
        int at = Math.floorMod(position, line.length);
        boolean same = line[at] == value;
        line[at] = value;
        Inspection verdict = INSPECTOR.inspect(line, SampleReceipts.TRUST, SampleReceipts.NOW);
        assertThat(verdict instanceof Accepted).as("%s at %d", value, at).isEqualTo(same);
    }

    private static Refused changed(String path, String json) throws Exception {
        ObjectNode receipt = SampleReceipts.decision();
        parent(receipt, path).set(last(path), JSON.readTree(json));
        Inspection verdict = INSPECTOR.inspect(SampleReceipts.sign(receipt), SampleReceipts.TRUST, SampleReceipts.NOW);
        assertThat(verdict).isInstanceOf(Refused.class);
        return (Refused) verdict;
    }

    private static ObjectNode parent(ObjectNode receipt, String path) {
        int slash = path.indexOf('/');
        return slash < 0 ? receipt : (ObjectNode) receipt.get(path.substring(0, slash));
    }

    private static String last(String path) {
        return path.substring(path.indexOf('/') + 1);
    }

    private static Accepted accepted(byte[] line) {
        Inspection verdict = INSPECTOR.inspect(line, SampleReceipts.TRUST, SampleReceipts.NOW);
        assertThat(verdict).isInstanceOf(Accepted.class);
        return (Accepted) verdict;
    }

    private static void assertRefused(byte[] line, RefusalReason reason, String path) {
        Inspection verdict = INSPECTOR.inspect(line, SampleReceipts.TRUST, SampleReceipts.NOW);
        assertThat(verdict).isInstanceOfSatisfying(Refused.class, refused -> {
            assertThat(refused.refusal().reason()).as(refused.refusal().detail()).isEqualTo(reason);
            assertThat(refused.refusal().path()).isEqualTo(path);
        });
    }

    private static byte[] bytes(ObjectNode receipt) {
        return utf8(receipt.toString());
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void theHeaderHasTheBeginningOfTheRationaleAndTheFirstBadges() {
        ObjectNode receipt = SampleReceipts.decision();
        String pair = "\ud83d\ude00";
        ObjectNode decision = receipt.withObject("/decision").put("rationale", "x".repeat(ReceiptHeader.RATIONALE_CHARACTERS - 1) + pair + "y");
        decision.remove("badges");
        for (int i = 0; i < 200; i++) {
            decision.withArray("badges").add("badge " + i);
        }
        ReceiptHeader header = accepted(SampleReceipts.sign(receipt)).line().header();
        assertThat(header.rationale()).isEqualTo("x".repeat(ReceiptHeader.RATIONALE_CHARACTERS - 1));
        assertThat(header.badges()).hasSize(ReceiptHeader.BADGES).startsWith("badge 0", "badge 1").endsWith("badge 63");
        receipt.withObject("/decision").put("rationale", "short").putArray("badges");
        assertThat(accepted(SampleReceipts.sign(receipt)).line().header().rationale()).isEqualTo("short");
        ObjectNode feedback = SampleReceipts.feedback();
        feedback.putArray("tags").add("false alarm");
        assertThat(accepted(SampleReceipts.sign(feedback)).line().header().badges()).containsExactly("false alarm");
        assertThat(accepted(SampleReceipts.sign(feedback)).line().header().rationale()).isEmpty();
    }
}
