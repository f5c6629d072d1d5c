package io.zeroui.cli.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.cli.output.Table;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/** What the shared plane answers about alerts, for people. */
final class AlertTables {

    private static final MathContext DIGITS = new MathContext(4);

    private AlertTables() {
    }

    /** Alerts, one a line. */
    static String alerts(JsonNode answer) {
        if (answer.path("alerts").isEmpty()) {
            return "nothing is the matter";
        }
        Table table = Table.of("STATE", "SEVERITY", "RULE", "PLANE", "INSTANCE", "FIGURE", "THRESHOLD", "SINCE");
        for (JsonNode one : answer.path("alerts")) {
            table.row(text(one, "state"), text(one, "severity"), text(one, "rule"), text(one, "plane"), text(one, "instance"), number(one, "figure"),
                    number(one, "threshold"), text(one, "since"));
        }
        return table.render();
    }

    /** Changes, one a line. */
    static String transitions(JsonNode answer) {
        if (answer.path("transitions").isEmpty()) {
            return "nothing changed";
        }
        Table table = Table.of("AT", "RULE", "PLANE", "INSTANCE", "FROM", "TO", "FIGURE", "THRESHOLD");
        for (JsonNode one : answer.path("transitions")) {
            table.row(text(one, "at"), text(one, "rule"), text(one, "plane"), text(one, "instance"), text(one, "from_state"), text(one, "to_state"),
                    number(one, "figure"), number(one, "threshold"));
        }
        return table.render();
    }

    /** Rules, one a line. */
    static String rules(JsonNode answer) {
        Table table = Table.of("RULE", "PLANES", "THRESHOLD", "UNIT", "FOR", "MEANS");
        for (JsonNode one : answer.path("rules")) {
            List<String> planes = new ArrayList<>();
            one.path("planes").forEach(plane -> planes.add(plane.asText()));
            table.row(text(one, "rule"), String.join(",", planes), number(one, "threshold"), text(one, "unit"), one.path("hold_seconds").asText() + " s",
                    text(one, "summary"));
        }
        return table.render();
    }

    private static String text(JsonNode one, String member) {
        String text = one.path(member).asText("").replaceAll("\\p{Cntrl}", "");
        return text.isEmpty() ? "-" : text;
    }

    private static String number(JsonNode one, String member) {
        return BigDecimal.valueOf(one.path(member).asDouble()).round(DIGITS).stripTrailingZeros().toPlainString();
    }
}
