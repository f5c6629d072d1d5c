package io.zeroui.product.policy.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.json.InvalidJson;
import io.zeroui.contracts.json.StrictJson;
import io.zeroui.contracts.policy.PolicySnapshotCodec;
import io.zeroui.contracts.policy.lifecycle.PolicyActCodec;
import io.zeroui.contracts.policy.lifecycle.PolicyBook;
import io.zeroui.contracts.policy.lifecycle.PolicyEntry;
import io.zeroui.contracts.policy.release.ReleaseTerms;
import io.zeroui.product.policy.PolicyLifecycle;
import io.zeroui.product.policy.gates.RolloutReport;
import java.util.List;

/** Policies as answers have them. */
final class PolicyViews {

    private PolicyViews() {
    }

    /** A version without what it says: {@code terms} only while it is released. */
    static ObjectNode entry(PolicyEntry entry) {
        ObjectNode view = object().put("policy_id", entry.id().policyId()).put("version", entry.id().version())
                .put("state", entry.state().key()).put("type", entry.labels().type()).put("scope", entry.labels().scope())
                .put("enforcement", entry.labels().enforcement().key()).put("snapshot_hash", entry.content().prefixed())
                .put("author", entry.author()).put("approver", entry.approver()).put("drafted_at", entry.draftedAt().toString())
                .put("number", entry.draftedAs());
        ReleaseTerms terms = entry.terms();
        if (terms != null) {
            view.set("terms", terms.write());
        }
        return view;
    }

    /** A policy: its last version, and those that edges may have. */
    static ObjectNode policy(PolicyBook book, String policyId) {
        List<PolicyEntry> versions = book.list(policyId);
        PolicyEntry last = versions.get(versions.size() - 1);
        ObjectNode view = object().put("policy_id", policyId).put("versions", versions.size());
        view.set("latest", entry(last));
        ArrayNode released = view.putArray("released");
        versions.stream().filter(version -> version.terms() != null).map(PolicyViews::entry).forEach(released::add);
        return view;
    }

    /** A version with its snapshot, its history and, while it is released, how its rollout stands. */
    static ObjectNode version(PolicyLifecycle.Version version, List<RolloutReport> reports) {
        ObjectNode view = version(version);
        reports.forEach(report -> view.set("release", RolloutViews.release(report)));
        return view;
    }

    /** A version with its snapshot and its history. */
    static ObjectNode version(PolicyLifecycle.Version version) {
        ObjectNode view = entry(version.entry());
        view.set("snapshot", snapshot(version.snapshot()));
        ArrayNode history = view.putArray("history");
        version.history().stream().map(PolicyActCodec::tree).forEach(history::add);
        return view;
    }

    /** What a version says. */
    static JsonNode content(PolicyLifecycle.Version version) {
        return snapshot(version.snapshot()).path("policy_content");
    }

    /** {@code {"items":[…]}}. */
    static ObjectNode items(List<? extends JsonNode> items) {
        ObjectNode page = object();
        items.forEach(page.putArray("items")::add);
        return page;
    }

    private static ObjectNode snapshot(byte[] bytes) {
        try {
            return StrictJson.parseObject(bytes, PolicySnapshotCodec.LIMITS);
        } catch (InvalidJson e) {
            throw new IllegalStateException("a snapshot that was read is one", e);
        }
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
