package io.zeroui.cli.policies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.zeroui.cli.output.Json;
import io.zeroui.cli.output.Table;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What the product plane answers, for people. */
final class PolicyTables {

    private PolicyTables() {
    }

    /** Policies, one a line. */
    static String policies(Iterable<JsonNode> policies) {
        Table table = Table.of("POLICY", "VERSIONS", "LATEST", "STATE", "RELEASED");
        for (JsonNode policy : policies) {
            List<String> released = new ArrayList<>();
            policy.path("released").forEach(one -> released.add(one.path("version").asText() + " (" + reach(one) + ")"));
            table.row(policy.path("policy_id").asText(), policy.path("versions").asText(), policy.path("latest").path("version").asText(),
                    policy.path("latest").path("state").asText(), released.isEmpty() ? "-" : String.join(", ", released));
        }
        return table.render();
    }

    /** Versions, one a line. */
    static String versions(Iterable<JsonNode> versions) {
        Table table = Table.of("VERSION", "STATE", "TYPE", "SCOPE", "ENFORCEMENT", "REACH", "AUTHOR", "APPROVER", "DRAFTED");
        for (JsonNode one : versions) {
            table.row(one.path("version").asText(), one.path("state").asText(), one.path("type").asText(), one.path("scope").asText(),
                    one.path("enforcement").asText(), reach(one), one.path("author").asText(), one.path("approver").asText("-"),
                    one.path("drafted_at").asText());
        }
        return table.render();
    }

    /** One version with its content. */
    static String version(JsonNode version) {
        return versions(List.of(version)) + "\n" + Json.write(version.path("snapshot").path("policy_content"));
    }

    /** Acts, one a line. */
    static String history(Iterable<JsonNode> acts) {
        Table table = Table.of("NUMBER", "AT", "ACT", "BY", "REASON");
        for (JsonNode act : acts) {
            table.row(act.path("number").asText(), act.path("at").asText(), act.path("act").asText(), act.path("by").asText(),
                    act.path("reason").asText("-"));
        }
        return table.render();
    }

    /** Steps of a patch, one a line. */
    static String patch(Iterable<JsonNode> steps) {
        Table table = Table.of("STEP", "PATH", "VALUE");
        for (JsonNode step : steps) {
            table.row(step.path("op").asText(), step.path("path").asText(),
                    step.has("value") ? step.path("value").toString() : step.path("from").asText("-"));
        }
        return table.render();
    }

    /** How a version stands after an act. */
    static String outcome(JsonNode version) {
        String line = version.path("policy_id").asText() + " " + version.path("version").asText() + " is " + version.path("state").asText();
        if (version.has("terms")) {
            line += ", reaches " + reach(version);
        }
        return version.path("published").asBoolean(true) ? line : line + "; not published yet, that goes on by itself";
    }

    /** JSON of what was answered. */
    static String json(Iterable<JsonNode> answer) {
        if (answer instanceof JsonNode node) {
            return Json.write(node);
        }
        var items = JsonNodeFactory.instance.arrayNode();
        answer.forEach(items::add);
        return Json.write(items);
    }

    /** Whom a version is for. */
    static String reach(JsonNode version) {
        JsonNode terms = version.path("terms");
        if (terms.isMissingNode()) {
            return "-";
        }
        JsonNode rollout = terms.path("rollout");
        String reach = BigDecimal.valueOf(rollout.path("basis_points").asLong(), 2).stripTrailingZeros().toPlainString() + " %";
        int named = rollout.path("edges").size() + rollout.path("repos").size();
        return reach + (named == 0 ? "" : " and " + named + " named") + (terms.has("killed_until") ? ", off until "
                + terms.path("killed_until").asText() : "");
    }
}
