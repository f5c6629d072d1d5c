package io.zeroui.contracts.receipts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.signature.DocumentSigner;
import io.zeroui.contracts.signature.ReceiptSignature;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The shape of both kinds of receipts, as the tables of the domain describe it. */
final class ReceiptShape {

    private static final Set<String> ACTOR_TYPES = Set.of("human", "ai", "ai_agent", "automated", "service");
    private static final Set<String> SURFACES = Set.of("ide", "pr", "ci");
    private static final Set<String> DATA_CATEGORIES = Set.of("public", "internal", "confidential", "restricted");
    private static final Set<String> PATTERNS = Set.of("FB-01", "FB-02", "FB-03", "FB-04");
    private static final Set<String> CHOICES = Set.of("worked", "partly", "didnt");
    private static final Pattern SEMANTIC_VERSION = Pattern.compile(
            "\\d{1,9}\\.\\d{1,9}\\.\\d{1,9}(?:-[0-9A-Za-z.-]{1,64})?(?:\\+[0-9A-Za-z.-]{1,64})?");
    /** No colon: it separates the parts of a chain id. */
    private static final Pattern CHAIN_PART = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/@+-]{0,127}");
    private static final String HASH_PREFIX = "sha256:";
    private static final int HASH_LENGTH = HASH_PREFIX.length() + 2 * Hash.LENGTH;

    private final Members receipt;
    private @Nullable ReceiptSignature signature;

    ReceiptShape(ObjectNode receipt) {
        this.receipt = new Members(receipt, "");
    }

    ReceiptHeader read() throws ReceiptRefused {
        boolean feedback = !receipt.has("receipt_id") && receipt.has("feedback_id");
        return feedback ? readFeedback() : readDecision();
    }

    /** The signature, once the header was read. */
    ReceiptSignature signature() {
        return Objects.requireNonNull(signature, "the header was not read");
    }

    private ReceiptHeader readDecision() throws ReceiptRefused {
        ReceiptId id = receipt.parsed("receipt_id", ReceiptId::ofDecision);
        String gateId = receipt.label("gate_id");
        List<String> policies = receipt.labels("policy_version_ids");
        String snapshotHash = snapshotHash();
        var timestamp = receipt.parsed("timestamp_utc", UtcTimestamp::parse);
        long monotonic = receipt.integer("timestamp_monotonic_ms");
        if (monotonic < 0) {
            throw receipt.invalid("timestamp_monotonic_ms", "must not be negative");
        }
        receipt.object("inputs");
        Members decision = receipt.object("decision");
        DecisionStatus status = status(decision);
        String rationale = decision.text("rationale");
        List<String> badges = decision.labels("badges");
        Members actor = receipt.object("actor");
        RepoId repoId = actor.parsed("repo_id", RepoId::of);
        boolean degraded = receipt.bool("degraded");
        boolean overridden = checkOptionalParts(actor);
        return new ReceiptHeader(id, ReceiptKind.DECISION, gateId, repoId, timestamp, evaluationPoint(), status,
                receipt.optionalLabel("severity"), receipt.optionalParsed("tenant_id", TenantId::of),
                chainPart("plane", "ide"), chainPart("environment", "default"), chainPart("emitter_service", "unknown"),
                policies, snapshotHash, degraded, overridden, actor.optionalOneOf("type", ACTOR_TYPES),
                receipt.optionalParsed("parent_receipt_id", ReceiptId::of), receipt.labelOrNull("module_id"), rationale,
                badges, kid());
    }

    private ReceiptHeader readFeedback() throws ReceiptRefused {
        ReceiptId id = receipt.parsed("feedback_id", ReceiptId::of);
        ReceiptId decisionId = receipt.parsed("decision_receipt_id", ReceiptId::of);
        receipt.oneOf("pattern_id", PATTERNS);
        receipt.oneOf("choice", CHOICES);
        List<String> tags = receipt.labels("tags");
        Members actor = receipt.object("actor");
        RepoId repoId = actor.parsed("repo_id", RepoId::of);
        actor.optionalText("machine_fingerprint");
        return new ReceiptHeader(id, ReceiptKind.FEEDBACK, null, repoId,
                receipt.parsed("timestamp_utc", UtcTimestamp::parse), EvaluationPoint.UNKNOWN, null,
                receipt.optionalLabel("severity"), receipt.optionalParsed("tenant_id", TenantId::of),
                chainPart("plane", "ide"), chainPart("environment", "default"), chainPart("emitter_service", "unknown"),
                List.of(), null, false, false, actor.optionalOneOf("type", ACTOR_TYPES), decisionId,
                receipt.labelOrNull("module_id"), "", tags, kid());
    }

    private static DecisionStatus status(Members decision) throws ReceiptRefused {
        DecisionStatus status = DecisionStatus.find(decision.text("status"));
        if (status == null) {
            throw decision.invalid("status", "must be one of pass, warn, soft_block, hard_block");
        }
        return status;
    }

    private EvaluationPoint evaluationPoint() throws ReceiptRefused {
        String key = receipt.optionalText("evaluation_point");
        EvaluationPoint point = key == null ? EvaluationPoint.UNKNOWN : EvaluationPoint.find(key);
        if (point == null) {
            throw receipt.invalid("evaluation_point", "must be one of pre-commit, pre-merge, pre-deploy, post-deploy");
        }
        return point;
    }

    private @Nullable String snapshotHash() throws ReceiptRefused {
        String hash = receipt.text("snapshot_hash");
        if (hash.isEmpty()) {
            return null;
        }
        if (!isHash(hash)) {
            throw receipt.invalid("snapshot_hash", "must be empty or sha256: and 64 lower-case hex digits");
        }
        return hash;
    }

    private static boolean isHash(String text) {
        if (text.length() != HASH_LENGTH || !text.startsWith(HASH_PREFIX)) {
            return false;
        }
        for (int i = HASH_PREFIX.length(); i < HASH_LENGTH; i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9') && !(c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return true;
    }

    private String chainPart(String name, String absent) throws ReceiptRefused {
        String value = receipt.optionalText(name);
        if (value == null) {
            return absent;
        }
        if (!CHAIN_PART.matcher(value).matches()) {
            throw receipt.invalid(name, "must be 1 to 128 of A-Z, a-z, 0-9 and . _ / @ + -, starting with a letter or digit");
        }
        return value;
    }

    private Kid kid() throws ReceiptRefused {
        String text = receipt.text(DocumentSigner.MEMBER);
        try {
            signature = ReceiptSignature.parse(text);
            return signature.kid();
        } catch (IllegalArgumentException e) {
            throw receipt.refused(RefusalReason.SIGNATURE_MALFORMED, DocumentSigner.MEMBER,
                    String.valueOf(e.getMessage()));
        }
    }

    /** Whether the receipt has an override. */
    private boolean checkOptionalParts(Members actor) throws ReceiptRefused {
        actor.optionalText("machine_fingerprint");
        receipt.optionalObject("result");
        receipt.optionalOneOf("data_category", DATA_CATEGORIES);
        String version = receipt.optionalText("schema_version");
        if (version != null && !SEMANTIC_VERSION.matcher(version).matches()) {
            throw receipt.invalid("schema_version", "must be a semantic version");
        }
        for (Members handle : receipt.optionalObjects("evidence_handles")) {
            handle.text("url");
            handle.text("type");
            handle.text("description");
            handle.optionalParsed("expires_at", UtcTimestamp::parse);
        }
        Members override = receipt.optionalObject("override");
        if (override != null) {
            override.text("reason");
            override.text("approver");
            override.parsed("timestamp", UtcTimestamp::parse);
        }
        Members context = receipt.optionalObject("context");
        if (context != null) {
            context.optionalOneOf("surface", SURFACES);
        }
        return override != null;
    }
}
