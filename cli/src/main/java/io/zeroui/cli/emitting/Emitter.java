package io.zeroui.cli.emitting;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.zeroui.cli.output.Json;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.receipts.DecisionStatus;
import io.zeroui.contracts.signature.DocumentSigner;
import io.zeroui.contracts.signature.Ed25519PrivateKey;

/** Makes decision receipts, each signed and with an id of its own. */
final class Emitter {

    private static final List<String> GATES = List.of("dependency-policy", "test-coverage", "secret-scan");
    private static final List<DecisionStatus> STATUSES = List.of(DecisionStatus.PASS, DecisionStatus.PASS,
            DecisionStatus.WARN, DecisionStatus.PASS, DecisionStatus.SOFT_BLOCK, DecisionStatus.PASS,
            DecisionStatus.HARD_BLOCK);

    private final Kid kid;
    private final Ed25519PrivateKey key;
    private final String repoId;

    Emitter(Kid kid, Ed25519PrivateKey key, String repoId) {
        this.kid = kid;
        this.key = key;
        this.repoId = repoId;
    }

    /**
     * A signed receipt.
     *
     * @param id its receipt id
     * @param line the signed document, without a line feed
     */
    record Signed(String id, byte[] line) {
    }

    /** The receipt of the given number; neighbours differ in gate and status. */
    Signed receipt(int number) {
        return receipt(GATES.get(number % GATES.size()), STATUSES.get(number % STATUSES.size()), Json.object());
    }

    /** A receipt of a gate, with further members. */
    Signed receipt(String gateId, DecisionStatus status, ObjectNode more) {
        String id = UUID.randomUUID().toString();
        ObjectNode receipt = Json.object();
        receipt.put("receipt_id", id).put("gate_id", gateId);
        receipt.putArray("policy_version_ids").add(gateId + "-1.0.0");
        receipt.put("snapshot_hash", "");
        receipt.put("timestamp_utc", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        receipt.put("timestamp_monotonic_ms", System.nanoTime() / 1_000_000);
        receipt.put("evaluation_point", "pre-commit");
        receipt.putObject("inputs").put("files_changed", 3).put("lines_added", 42).put("language", "java");
        receipt.putObject("decision").put("status", status.key()).put("rationale", "Sample decision of the gate " + gateId)
                .putArray("badges").add("sample");
        receipt.putArray("evidence_handles");
        receipt.putObject("actor").put("repo_id", repoId).put("type", "automated");
        receipt.putObject("context").put("surface", "ide").put("branch", "main");
        receipt.put("degraded", false).put("schema_version", "1.0.0");
        receipt.setAll(more);
        return new Signed(id, DocumentSigner.sign(receipt, kid, key));
    }
}
