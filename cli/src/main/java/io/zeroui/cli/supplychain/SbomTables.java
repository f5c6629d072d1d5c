package io.zeroui.cli.supplychain;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.cli.output.Table;
import java.util.ArrayList;
import java.util.List;

/** What the shared plane answers, for people. */
final class SbomTables {

    private static final int DIGEST_SHOWN = 12;
    private static final int LINE_MOST = 80;

    private SbomTables() {
    }

    /** A document that was added, or is being taken in. */
    static String added(JsonNode job) {
        JsonNode sbom = job.path("sbom");
        if (sbom.isMissingNode()) {
            return "job " + job.path("job_id").asText() + " is " + job.path("state").asText() + "; see sbom job " + job.path("job_id").asText()
                    + (job.has("detail") ? "\n" + job.path("detail").asText() : "");
        }
        return sbom(sbom) + (job.path("is_new").asBoolean() ? "" : "\nit was there before");
    }

    /** One document. */
    static String sbom(JsonNode one) {
        StringBuilder text = new StringBuilder(one.path("digest").asText()).append('\n').append(one.path("project").asText());
        text.append(release(one)).append(", ").append(one.path("format").asText()).append(' ').append(one.path("spec_version").asText()).append(", ")
                .append(one.path("components").asText()).append(" components, ").append(one.path("dependencies").asText()).append(" dependencies");
        one.path("findings").forEach(finding -> text.append('\n').append(line(finding.asText())));
        return text.toString();
    }

    /** Documents, one a line. */
    static String sboms(JsonNode answer) {
        Table table = Table.of("PROJECT", "RELEASE", "FORMAT", "COMPONENTS", "ADDED", "DIGEST");
        for (JsonNode one : answer.path("items")) {
            table.row(line(one.path("project").asText()), line(one.path("release").asText()), one.path("format").asText() + " " + one.path("spec_version").asText(),
                    one.path("components").asText(), one.path("added_at").asText(), one.path("digest").asText());
        }
        return table.render() + more(answer);
    }

    /** Components of a document, one a line. */
    static String components(JsonNode answer) {
        Table table = Table.of("COMPONENT", "KIND", "LICENCE", "DEPTH");
        for (JsonNode one : answer.path("items")) {
            JsonNode component = one.path("component");
            table.row(title(component), component.path("kind").asText(), licences(component.path("licences")), one.path("depth").asText("-"));
        }
        return table.render() + more(answer);
    }

    /** Places of components, one a line. */
    static String places(JsonNode answer) {
        if (answer.path("items").isEmpty()) {
            return "it is nowhere";
        }
        Table table = Table.of("COMPONENT", "IN", "SBOM", "PATH");
        for (JsonNode one : answer.path("items")) {
            List<String> path = new ArrayList<>();
            one.path("path").forEach(step -> path.add(line(step.asText())));
            JsonNode sbom = one.path("sbom");
            table.row(title(one.path("component")), line(sbom.path("project").asText() + release(sbom)), sbom.path("digest").asText().substring(0, DIGEST_SHOWN),
                    String.join(" > ", path));
        }
        String count = answer.has("count") ? answer.path("count").asText() + (answer.path("count_is_lower_bound").asBoolean() ? " or more" : "") + " places\n" : "";
        return table.render() + count + more(answer);
    }

    /** Differences, one a line. */
    static String changes(JsonNode answer) {
        if (answer.path("items").isEmpty()) {
            return "nothing changed";
        }
        Table table = Table.of("CHANGE", "COMPONENT", "BEFORE", "AFTER");
        for (JsonNode one : answer.path("items")) {
            boolean isLicence = one.path("change").asText().equals("licence_changed");
            table.row(one.path("change").asText(), line(one.path("coordinate").asText()), licences(one.path(isLicence ? "licences_before" : "versions_before")),
                    licences(one.path(isLicence ? "licences_after" : "versions_after")));
        }
        return table.render() + more(answer);
    }

    /** Ways, one a line. */
    static String ways(JsonNode answer) {
        StringBuilder text = new StringBuilder();
        for (JsonNode way : answer.path("ways")) {
            List<String> steps = new ArrayList<>();
            way.forEach(step -> steps.add(line(step.asText())));
            text.append(String.join(" > ", steps)).append('\n');
        }
        return text.append(answer.path("complete").asBoolean() ? "" : "there are more\n").toString();
    }

    /** What is said of components, one a line. */
    static String findings(JsonNode answer) {
        if (answer.path("items").isEmpty()) {
            return "nothing is said of its components";
        }
        Table table = Table.of("STATUS", "VULNERABILITY", "COMPONENT", "AUTHOR", "WHY");
        for (JsonNode one : answer.path("items")) {
            JsonNode said = one.path("statement");
            table.row(said.path("status").asText(), line(said.path("vulnerability").asText()), title(one), line(said.path("author").asText()),
                    line(said.path("justification").asText(said.path("detail").asText("-"))));
        }
        return table.render();
    }

    private static String title(JsonNode component) {
        return line(component.path("purl").asText(component.path("name").asText() + " " + component.path("version").asText("")));
    }

    private static String release(JsonNode sbom) {
        return sbom.path("release").asText().isEmpty() ? "" : "@" + line(sbom.path("release").asText());
    }

    private static String licences(JsonNode texts) {
        List<String> all = new ArrayList<>();
        texts.forEach(text -> all.add(text.asText()));
        return all.isEmpty() ? "-" : line(String.join(", ", all));
    }

    private static String more(JsonNode answer) {
        return answer.hasNonNull("next_cursor") ? "more: --cursor " + answer.path("next_cursor").asText() : "";
    }

    /** The beginning of a text, on one line and without what a terminal would take for a command. */
    private static String line(String text) {
        String plain = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        int length = plain.codePointCount(0, plain.length());
        return length <= LINE_MOST ? plain : plain.substring(0, plain.offsetByCodePoints(0, LINE_MOST - 1)) + "…";
    }
}
