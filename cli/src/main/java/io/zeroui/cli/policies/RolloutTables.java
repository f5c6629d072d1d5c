package io.zeroui.cli.policies;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.cli.output.Table;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** How released versions fare, for people. */
final class RolloutTables {

    private RolloutTables() {
    }

    /** Released versions, one a line, and behind them what is not published and whether the gates are blind. */
    static String status(JsonNode status) {
        Table table = Table.of("POLICY", "VERSION", "REACH", "STATE", "RECEIPTS", "OVERRIDE", "BLOCK", "DEGRADED", "GATE", "NEXT STEP");
        for (JsonNode one : status.path("items")) {
            JsonNode release = one.path("release");
            table.row(one.path("policy_id").asText(), one.path("version").asText(), PolicyTables.reach(one), state(one),
                    release.path("counts").path("receipts").asText("?"), rate(release, "override"), rate(release, "block"),
                    rate(release, "degraded"), verdict(release), next(release));
        }
        StringBuilder text = new StringBuilder(table.render());
        if (status.has("unpublished")) {
            text.append("\nnot published yet, edges may have what was before: ").append(status.path("unpublished").path("failure").asText());
        }
        JsonNode service = status.path("service");
        for (JsonNode open : service.path("unpublished")) {
            text.append("\nunpublished tenant: ").append(open.path("tenant").asText()).append(' ').append(open.path("failure").asText());
        }
        JsonNode gates = service.path("gates");
        if (gates.path("blind").asBoolean()) {
            text.append("\ngates are blind, nothing is halted or promoted by itself: ").append(gates.path("failure").asText());
        }
        for (JsonNode blind : gates.path("blind_tenants")) {
            text.append("\nblind for tenant: ").append(blind.asText());
        }
        return text.toString();
    }

    private static String state(JsonNode one) {
        if (one.path("release").path("verdict").asText().equals("halted")) {
            return "halted";
        }
        return one.path("terms").has("killed_until") ? "killed" : one.path("state").asText();
    }

    private static String rate(JsonNode release, String kind) {
        JsonNode rate = release.path("counts").path(kind).path("rate");
        JsonNode limit = release.path("gate").path("max_" + kind + "_rate");
        return (rate.isNumber() ? percent(rate) : "-") + (limit.isNumber() ? " (most " + percent(limit) + ")" : "");
    }

    private static String percent(JsonNode rate) {
        BigDecimal percent = new BigDecimal(rate.asText()).movePointRight(2).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
        return percent.toPlainString() + " %";
    }

    private static String verdict(JsonNode release) {
        String verdict = release.path("verdict").asText().replace('_', ' ');
        return release.has("breached") ? verdict + " by " + release.path("breached").asText()
                : verdict.equals("too few") ? "too few of " + release.path("gate").path("min_receipts").asText() : verdict;
    }

    private static String next(JsonNode release) {
        JsonNode next = release.path("next_step");
        return next.isMissingNode() ? "-" : next.path("percent").asText() + " % from " + next.path("not_before").asText()
                + (next.has("waits_for") ? ", waits: " + next.path("waits_for").asText() : "");
    }
}
