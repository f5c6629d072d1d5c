package io.zeroui.product.policy.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.policy.release.RolloutCounts;
import io.zeroui.contracts.policy.release.RolloutPlan;
import io.zeroui.contracts.policy.release.RolloutRate;
import io.zeroui.contracts.policy.release.RolloutStep;
import io.zeroui.product.policy.gates.RolloutReport;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;

/** Rollouts as answers have them. */
final class RolloutViews {

    private static final int DIGITS = 4;

    private RolloutViews() {
    }

    /** A released version with how its rollout stands. */
    static ObjectNode rollout(RolloutReport report) {
        return PolicyViews.entry(report.entry()).set("release", release(report));
    }

    /** How a rollout stands: rates only where there are receipts, counts only where they can be read. */
    static ObjectNode release(RolloutReport report) {
        ObjectNode view = JsonNodeFactory.instance.objectNode();
        RolloutPlan plan = report.entry().plan();
        if (plan != null) {
            plan.writeTo(view);
        }
        view.put("verdict", report.verdict().key()).put("counted_since", report.countedSince().toString());
        RolloutRate breached = report.breached();
        if (breached != null) {
            view.put("breached", breached.key());
        }
        RolloutCounts counts = report.counts();
        if (counts != null) {
            view.set("counts", counts(counts));
        }
        RolloutStep next = report.next();
        Instant at = report.nextAt();
        if (next != null && at != null) {
            ObjectNode step = next.write().put("not_before", at.toString());
            if (report.waitsFor() != null) {
                step.put("waits_for", report.waitsFor());
            }
            view.set("next_step", step);
        }
        return view;
    }

    private static ObjectNode counts(RolloutCounts counts) {
        ObjectNode view = JsonNodeFactory.instance.objectNode().put("receipts", counts.receipts());
        for (RolloutRate rate : RolloutRate.values()) {
            ObjectNode one = view.putObject(rate.key()).put("receipts", counts.of(rate));
            if (counts.receipts() > 0) {
                one.put("rate", BigDecimal.valueOf(counts.of(rate)).divide(BigDecimal.valueOf(counts.receipts()), DIGITS, RoundingMode.HALF_UP));
            }
        }
        return view;
    }
}
