package io.zeroui.bench.evidence;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.testing.SignedReceipts;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Signed receipts as a tenant with fifty repositories has them: many pass, few are blocked, over the last ninety days. */
final class ReceiptMix {

    private static final int DAYS = 90;
    private static final int REPOS = 50;
    private static final int GATES = 30;
    private static final int MODULES = 20;
    private static final int POLICIES = 10;
    private static final String[] POINTS = { "pre-commit", "pre-commit", "pre-commit", "pre-merge", "pre-deploy", "post-deploy" };
    private static final String[] ACTORS = { "ai_agent", "ai_agent", "ai", "human", "automated" };
    private static final String[] SEVERITIES = { "low", "low", "medium", "high", "critical" };
    private static final String[] ENVIRONMENTS = { "development", "development", "staging", "production" };
    private static final String[] SERVICES = { "edge-agent", "edge-agent", "edge-agent", "ci-runner" };
    private static final String[] WORDS = { "dependency", "licence", "change", "allowed", "list", "secret", "pattern", "coverage",
            "threshold", "reviewed", "approved", "migration", "schema", "container", "image", "unsigned", "provenance", "model",
            "prompt", "budget", "latency", "regression", "upgrade", "rollback", "credential", "scan", "finding", "waived" };

    private final SignedReceipts emitter;

    ReceiptMix(SignedReceipts emitter) {
        this.emitter = emitter;
    }

    /**
     * Writes receipts, a line each.
     *
     * @param seed of the choice; the ids are new in any case
     * @return their ids in order
     */
    List<String> write(Path file, int count, long seed) throws IOException {
        Random random = new Random(seed);
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        List<String> ids = new ArrayList<>(count);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
            for (int i = 0; i < count; i++) {
                String id = SignedReceipts.newId();
                String parent = i > 0 && random.nextInt(10) == 0 ? ids.get(random.nextInt(i)) : "";
                out.write(emitter.decision("repo-" + random.nextInt(REPOS), id, receipt -> vary(receipt, random, now, parent)));
                out.write('\n');
                ids.add(id);
            }
        }
        return ids;
    }

    private static void vary(ObjectNode receipt, Random random, Instant now, String parent) {
        receipt.put("gate_id", "gate-" + random.nextInt(GATES));
        receipt.put("timestamp_utc", now.minusMillis((long) (random.nextDouble() * Duration.ofDays(DAYS).toMillis())).toString());
        receipt.put("evaluation_point", one(POINTS, random));
        receipt.put("severity", one(SEVERITIES, random));
        receipt.put("module_id", "module-" + random.nextInt(MODULES));
        receipt.put("environment", one(ENVIRONMENTS, random));
        receipt.put("emitter_service", one(SERVICES, random));
        receipt.putArray("policy_version_ids").add("policy-" + random.nextInt(POLICIES) + "-1.0." + random.nextInt(3));
        receipt.withObject("/actor").put("type", one(ACTORS, random));
        int roll = random.nextInt(100);
        receipt.withObject("/decision")
                .put("status", roll < 80 ? "pass" : roll < 92 ? "warn" : roll < 98 ? "soft_block" : "hard_block")
                .put("rationale", sentence(random));
        if (!parent.isEmpty()) {
            receipt.put("parent_receipt_id", parent);
        }
    }

    private static String sentence(Random random) {
        StringBuilder text = new StringBuilder("The gate decided");
        for (int i = 0; i < 6; i++) {
            text.append(' ').append(one(WORDS, random));
        }
        return random.nextInt(1000) == 0 ? text + " quarantine" : text.toString();
    }

    private static String one(String[] values, Random random) {
        return values[random.nextInt(values.length)];
    }
}
