package io.zeroui.contracts;

import java.time.Instant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.signature.DocumentSigner;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import io.zeroui.contracts.signature.TrustStore;

/** Receipts as an edge agent writes them, and the key that signs them. */
public final class SampleReceipts {

    public static final Kid KID = Kid.of("edge-agent-2026.1");
    public static final Ed25519KeyPair KEYS = Ed25519.newKeyPair();
    public static final TrustStore TRUST = kid -> kid.equals(KID) ? KEYS.publicKey() : null;
    public static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

    private static final String DECISION = """
            {"receipt_id":"receipt-1769860800000-0123456789abcdef","gate_id":"pre-commit-size",
             "policy_version_ids":["size-limits-1.4.0"],
             "snapshot_hash":"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
             "timestamp_utc":"2026-01-31T11:59:58.123Z","timestamp_monotonic_ms":8123456789,
             "evaluation_point":"pre-commit","inputs":{"files_touched":7,"lines_added":120,"risk":0.25,
             "commit":"4f2d0c1b7a9e8d6c5b4a39281706f5e4d3c2b1a0"},
             "decision":{"status":"warn","rationale":"Change is larger than the limit of 100 lines","badges":["size"]},
             "evidence_handles":[{"url":"https://ci.example.com/runs/20260131?job=17&attempt=2","type":"log","description":"CI log"}],
             "actor":{"repo_id":"payments-api","machine_fingerprint":"fp-4f2d0c1b7a9e8d6c","type":"human"},
             "context":{"surface":"ide","branch":"feature/limits","commit":"4f2d0c1b"},
             "degraded":false,"schema_version":"1.0.0"}
            """;

    private static final String FEEDBACK = """
            {"feedback_id":"fb-1769860800000","decision_receipt_id":"receipt-1769860800000-0123456789abcdef",
             "pattern_id":"FB-02","choice":"partly","tags":["too-strict"],"actor":{"repo_id":"payments-api"},
             "timestamp_utc":"2026-01-31T11:59:58Z"}
            """;

    private SampleReceipts() {
    }

    public static ObjectNode decision() {
        return parse(DECISION);
    }

    public static ObjectNode feedback() {
        return parse(FEEDBACK);
    }

    public static byte[] sign(ObjectNode receipt) {
        return DocumentSigner.sign(receipt, KID, KEYS.privateKey());
    }

    public static ObjectNode parse(String json) {
        try {
            return (ObjectNode) new JsonMapper().readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
