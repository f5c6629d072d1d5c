package io.zeroui.cli.providers;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.cli.output.Table;
import java.util.ArrayList;
import java.util.List;

/** What the registry answers, for people. */
final class RegistryTables {

    private static final String NOTHING = "-";

    private RegistryTables() {
    }

    /** Versions, one a line. */
    static String entries(JsonNode answer) {
        Table table = Table.of("NAME", "VERSION", "STANDING", "SUNSET", "SIGNED BY", "REGISTERED");
        for (JsonNode one : answer.path("items")) {
            table.row(one.path("name").asText(), one.path("version").asText(), one.path("standing").asText(), one.path("sunset").asText(NOTHING),
                    one.path("kid").asText(), one.path("registered_at").asText());
        }
        return table.render() + more(answer);
    }

    /** Namespaces, one a line. */
    static String namespaces(JsonNode answer) {
        Table table = Table.of("NAMESPACE", "KEY", "SINCE", "GRANTED BY", "REASON");
        for (JsonNode one : answer.path("items")) {
            table.row(one.path("namespace").asText(), one.path("kid").asText(), one.path("granted_at").asText(), one.path("granted_by").asText(),
                    one.path("reason").asText());
        }
        return table.render() + more(answer);
    }

    /** Rules, one a line. */
    static String rules(JsonNode answer) {
        Table table = Table.of("RULE", "EFFECT", "WHOSE", "MODEL", "ADAPTER", "CATEGORIES", "REGIONS", "COUNTS", "REASON");
        for (JsonNode one : answer.path("items")) {
            JsonNode rule = one.path("rule");
            table.row(rule.path("id").asText() + "@" + rule.path("version").asText(), rule.path("effect").asText(),
                    rule.path("tenant").asText("organisation"), with(rule, "model", "model_versions"), with(rule, "adapter", "adapter_versions"),
                    list(rule.path("categories")), list(rule.path("regions")),
                    rule.path("from").asText("") + ".." + rule.path("until").asText(""), one.path("reason").asText());
        }
        return table.render() + more(answer);
    }

    /** Acts, one a line. */
    static String history(JsonNode answer) {
        Table table = Table.of("ACT", "AT", "BY", "WHAT", "ABOUT", "REASON");
        for (JsonNode one : answer.path("items")) {
            table.row(one.path("act").asText(), one.path("at").asText(), one.path("by").asText(), one.path("kind").asText(),
                    one.path("subject").asText(), one.path("detail").path("reason").asText(NOTHING));
        }
        return table.render() + more(answer);
    }

    /** Planes that follow, one a line. */
    static String followers(JsonNode answer) {
        Table table = Table.of("PLANE", "VERSION", "UP TO DATE", "STALE", "REFUSED", "SAID AT");
        for (JsonNode one : answer.path("items")) {
            JsonNode said = one.path("said");
            table.row(one.path("plane").asText(), said.path("version").asText(), one.path("up_to_date").asText(), said.path("stale").asText(),
                    said.path("objection").asText(NOTHING), said.path("at").asText());
        }
        return table.render();
    }

    /** A decision in a sentence. */
    static String decision(JsonNode answer) {
        String rule = answer.path("rule").isTextual() ? " " + answer.path("rule").asText() + " of the " + answer.path("scope").asText() : "";
        String old = answer.path("model_deprecated").asBoolean() ? "; the model's version is deprecated" : "";
        String oldAdapter = answer.path("adapter_deprecated").asBoolean() ? "; the adapter's version is deprecated" : "";
        return (answer.path("allowed").asBoolean() ? "allowed" : "denied") + ": " + answer.path("ground").asText() + rule + " ("
                + answer.path("model").asText(NOTHING) + " through " + answer.path("adapter").asText(NOTHING) + ")" + old + oldAdapter;
    }

    private static String with(JsonNode rule, String pattern, String versions) {
        String range = rule.path(versions).asText("*");
        return rule.path(pattern).asText() + (range.equals("*") ? "" : " " + range);
    }

    private static String list(JsonNode array) {
        List<String> all = new ArrayList<>();
        array.forEach(one -> all.add(one.asText()));
        return all.isEmpty() ? "all" : String.join(",", all);
    }

    private static String more(JsonNode answer) {
        return answer.hasNonNull("next") ? "more: --after " + answer.path("next").asText() : "";
    }
}
