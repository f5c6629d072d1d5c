package io.zeroui.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.testing.SignedReceipts;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Receipts in which every member that takes a text of the emitter's choice has a text that occurs nowhere else. */
final class MarkedReceipts {

    private final String run = "mark" + UUID.randomUUID().toString().replaceAll("[^a-z]", "").concat("zzzzzz").substring(0, 6);
    private final Map<String, String> body = new TreeMap<>();
    private final Map<String, String> metadata = new TreeMap<>();
    private final SignedReceipts emitter;

    MarkedReceipts(SignedReceipts emitter) {
        this.emitter = emitter;
    }

    /** What only receipts themselves may have: by member. */
    Map<String, String> body() {
        return body;
    }

    /** What also the metadata of receipts has, as the product plane may know it: by member. */
    Map<String, String> metadata() {
        return metadata;
    }

    /** The tenant of the receipts. */
    String tenant() {
        return meta("tenant");
    }

    byte[] decision(String id) {
        return emitter.decision(meta("repo"), id, receipt -> {
            receipt.put("tenant_id", tenant()).put("gate_id", meta("gate")).put("severity", meta("severity"))
                    .put("environment", meta("environment")).put("emitter_service", mark("service"));
            receipt.putArray("policy_version_ids").add(mark("policy")).add(meta("version") + "-1.0");
            receipt.putObject("inputs").put(mark("inputname"), mark("input")).put("file", "src/" + mark("file") + "/x.java")
                    .putObject("nested").putArray("list").add(mark("nested"));
            receipt.putObject("result").put("summary", mark("result")).put(mark("resultname"), 1);
            receipt.withObject("/decision").put("rationale", "Because of " + mark("rationale")).putArray("badges").add(mark("badge"));
            receipt.withObject("/actor").put("machine_fingerprint", mark("machine")).put("client", mark("client"));
            receipt.withObject("/context").put("branch", mark("branch")).put("commit", mark("commit"));
            receipt.putArray("evidence_handles").addObject().put("url", "https://example.test/" + mark("url"))
                    .put("type", mark("type")).put("description", mark("description"));
            receipt.putObject("override").put("reason", mark("reason")).put("approver", mark("approver"))
                    .put("timestamp", Instant.now().toString());
            receipt.put("anything", mark("unknownmember"));
        });
    }

    byte[] feedback(String id, String about) {
        ObjectNode receipt = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode()
                .put("feedback_id", id).put("decision_receipt_id", about).put("pattern_id", "FB-01").put("choice", "worked")
                .put("tenant_id", tenant()).put("timestamp_utc", Instant.now().toString());
        receipt.putArray("tags").add(mark("tag"));
        receipt.putObject("actor").put("repo_id", meta("repo")).put("type", "human");
        return emitter.sign(receipt);
    }

    private String mark(String member) {
        return body.computeIfAbsent(member, name -> run + name.toLowerCase(Locale.ROOT));
    }

    private String meta(String member) {
        return metadata.computeIfAbsent(member, name -> run + name);
    }
}
