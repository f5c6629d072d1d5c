package io.zeroui.tenant.evidence;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.testing.SignedReceipts;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Receipts with few different values in every member that a search looks at, so that filters meet many of them. */
final class RandomReceipts {

    private static final Instant BEGIN = Instant.parse("2026-03-28T22:00:00Z");
    private static final int HOURS = 72;
    private static final int TIMES = 60;
    static final List<String> POLICIES = List.of("size-1.0.0", "size-1.1.0", "licence-2.0.0", "naming-0.9.0", "größe-1.0.0");
    static final List<String> GATES = List.of("size", "licence", "dependency-policy", "schön & \"gut\"", "G/1");

    private final Random random;
    private final SignedReceipts emitter;
    private final RandomTexts texts;
    private final List<Instant> times = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();

    RandomReceipts(Random random, SignedReceipts emitter) {
        this.random = random;
        this.emitter = emitter;
        this.texts = new RandomTexts(random);
        for (int i = 0; i < TIMES; i++) {
            Instant time = BEGIN.plus(random.nextInt(HOURS), ChronoUnit.HOURS);
            times.add(switch (i % 4) {
                case 0 -> time;
                case 1 -> time.plusMillis(random.nextInt(1_000));
                case 2 -> time.plusNanos(1_000L * random.nextInt(1_000_000));
                default -> time.plusNanos(random.nextInt(1_000_000_000));
            });
        }
    }

    /** The next signed line; one of five is feedback. */
    byte[] next() {
        String id = UUID.randomUUID().toString();
        byte[] line = random.nextInt(5) == 0 ? feedback("fb-" + id) : decision(id);
        ids.add(id);
        return line;
    }

    private byte[] decision(String id) {
        ObjectNode receipt = SignedReceipts.unsignedDecision(one("core-api", "web", "docs-site"), id);
        receipt.put("gate_id", one(GATES)).put("timestamp_utc", time());
        ArrayNode policies = receipt.putArray("policy_version_ids");
        for (int i = random.nextInt(4); i > 0; i--) {
            policies.add(one(POLICIES));
        }
        ObjectNode decision = receipt.withObject("/decision");
        decision.put("status", one("pass", "pass", "pass", "warn", "soft_block", "hard_block")).put("rationale", texts.rationale());
        texts.badges().forEach(decision.putArray("badges")::add);
        maybe(receipt, "evaluation_point", "pre-commit", "pre-merge", "pre-deploy", "post-deploy");
        maybe(receipt, "module_id", "billing", "ui", "  ", "x'; DROP TABLE app.receipts_index; --");
        if (random.nextInt(9) == 0) {
            receipt.putArray("module_id").add(7);
        }
        ObjectNode actor = receipt.withObject("/actor");
        maybe(actor, "type", "human", "ai", "ai_agent", "automated", "service");
        maybe(receipt, "parent_receipt_id", known(), known(), known(), UUID.randomUUID().toString());
        return common(receipt);
    }

    private byte[] feedback(String id) {
        ObjectNode receipt = SignedReceipts.unsignedDecision(one("core-api", "web"), id);
        receipt.removeAll();
        receipt.put("feedback_id", id).put("decision_receipt_id", known()).put("pattern_id", "FB-02").put("choice", "partly")
                .put("timestamp_utc", time());
        texts.badges().forEach(receipt.putArray("tags")::add);
        receipt.putObject("actor").put("repo_id", one("core-api", "web", "docs-site")).put("type", "human");
        return common(receipt);
    }

    private byte[] common(ObjectNode receipt) {
        maybe(receipt, "severity", "low", "high", "critical");
        maybe(receipt, "plane", "ide", "product", "tenant");
        maybe(receipt, "environment", "dev", "prod");
        maybe(receipt, "emitter_service", "gatekeeper", "ci/bot");
        return emitter.sign(receipt);
    }

    private String time() {
        return times.get(random.nextInt(times.size())).toString();
    }

    /** An id that there is already, or one that comes later, or never. */
    private String known() {
        return ids.isEmpty() ? UUID.randomUUID().toString() : ids.get(random.nextInt(ids.size()));
    }

    private void maybe(ObjectNode node, String member, String... values) {
        node.remove(member);
        if (random.nextInt(4) > 0) {
            node.put(member, one(values));
        }
    }

    private String one(String... values) {
        return values[random.nextInt(values.length)];
    }

    private String one(List<String> values) {
        return values.get(random.nextInt(values.size()));
    }
}
