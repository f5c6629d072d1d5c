package io.zeroui.cli.policies;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.cli.output.Table;

/** What the tenant plane answers, for people. */
final class FleetTables {

    private FleetTables() {
    }

    /** The mirror and its edges, one a line. */
    static String edges(JsonNode fleet) {
        Table table = Table.of("WHERE", "RELEASE", "ROOT", "FRESH", "UP TO DATE", "REFUSED", "SAID");
        place(table, "(tenant plane)", fleet.path("mirror"));
        fleet.path("items").forEach(edge -> place(table, edge.path("edge_id").asText(), edge));
        return table.render();
    }

    private static void place(Table table, String where, JsonNode place) {
        table.row(where, place.path("release").asText(), place.path("root_version").asText(), place.path("fresh").asBoolean() ? "yes" : "no",
                place.path("up_to_date").asBoolean() ? "yes" : "no", place.path("objection").asText("-"), place.path("said_at").asText("-"));
    }

    /** What a tenant adds, one policy a line, and the last changes. */
    static String overlays(JsonNode overlays) {
        Table table = Table.of("POLICY", "ENFORCEMENT AT LEAST", "FAIL MODE");
        overlays.path("items").forEach(rule -> rule(table, rule));
        Table changes = Table.of("VERSION", "AT", "POLICY", "CHANGE", "BY", "REASON");
        overlays.path("changes").forEach(change -> changes.row(change.path("version").asText(), change.path("at").asText(),
                change.path("policy_id").asText(), change.has("rule") ? "set" : "removed", change.path("by").asText(), change.path("reason").asText()));
        String now = overlays.path("items").isEmpty() ? "nothing is added\n" : table.render();
        return overlays.path("changes").isEmpty() ? now : now + "\n" + changes.render();
    }

    /** What is added to one policy. */
    static String overlay(JsonNode rule) {
        Table table = Table.of("POLICY", "ENFORCEMENT AT LEAST", "FAIL MODE");
        rule(table, rule);
        return table.render();
    }

    private static void rule(Table table, JsonNode rule) {
        table.row(rule.path("policy_id").asText(), rule.path("enforcement").asText("-"), rule.path("fail_mode").asText("-"));
    }
}
