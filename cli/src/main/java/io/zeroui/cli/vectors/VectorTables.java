package io.zeroui.cli.vectors;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.cli.output.PlainText;
import io.zeroui.cli.output.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the services answer, for people. */
final class VectorTables {

    private static final int LINE_MOST = 90;

    private VectorTables() {
    }

    /** What was found, one a line, the nearest first. */
    static String found(JsonNode answer) {
        if (answer.path("items").isEmpty()) {
            return "nothing was found";
        }
        Table table = Table.of("SCORE", "DOCUMENT", "TEXT");
        for (JsonNode item : answer.path("items")) {
            JsonNode payload = item.path("payload");
            String name = payload.path("document_title").asText(payload.path("document_id").asText(item.path("id").asText()));
            table.row(String.format(Locale.ROOT, "%.4f", item.path("score").asDouble()), line(name, LINE_MOST / 2),
                    line(payload.path("content").asText("-"), LINE_MOST));
        }
        return table.render();
    }

    /** Collections, one a line. */
    static String collections(JsonNode answer) {
        Table table = Table.of("COLLECTION", "DIMENSION", "METRIC", "INDEX", "CREATED");
        for (JsonNode one : answer.path("items")) {
            JsonNode index = one.path("index");
            table.row(one.path("name").asText(), one.path("dimension").asText(), one.path("metric").asText(),
                    index.isObject() ? index.path("kind").asText(index.path("type").asText("-")) : index.asText("-"),
                    one.path("created_at").asText("-"));
        }
        return table.render();
    }

    /** Documents, one a line. */
    static String documents(JsonNode answer) {
        Table table = Table.of("DOCUMENT", "TITLE", "CHUNKS", "TAGS", "CREATED");
        for (JsonNode one : answer.path("items")) {
            table.row(one.path("document_id").asText(), line(one.path("document_title").asText("-"), LINE_MOST / 2), one.path("chunks").asText(),
                    tags(one), one.path("created_at").asText("-"));
        }
        return table.render() + (answer.hasNonNull("next") ? "more: --from " + answer.path("next").asText() : "");
    }

    /** What became of a document. */
    static String document(JsonNode one) {
        return PlainText.line(one.path("document_id").asText()) + ": " + one.path("chunks").asText() + " chunks, " + one.path("embedded").asText("0") + " embedded";
    }

    /** Exports of context, one a line. */
    static String exports(JsonNode answer) {
        Table table = Table.of("EXPORT", "KIND", "STATE", "TITLE", "REMOVED", "EXPORTED");
        for (JsonNode one : answer.path("items")) {
            table.row(one.path("export_id").asText(), one.path("kind").asText(), one.path("state").asText(),
                    line(one.path("title").asText("-"), LINE_MOST / 2), removed(one), one.path("exported_at").asText());
        }
        return table.render() + (answer.hasNonNull("next") ? "more: --before " + answer.path("next").asText() : "");
    }

    /** What became of an export. */
    static String export(JsonNode one) {
        String removed = removed(one);
        return one.path("export_id").asText() + " is " + one.path("state").asText() + (removed.equals("-") ? "" : "; removed: " + removed);
    }

    /** An export with its text. */
    static String whole(JsonNode one) {
        return export(one) + (one.has("content") ? "\n\n" + PlainText.lines(one.path("content").asText()) : "");
    }

    private static String removed(JsonNode export) {
        List<String> kinds = new ArrayList<>();
        export.path("removed").fields().forEachRemaining(kind -> kinds.add(kind.getValue().asText() + " " + kind.getKey()));
        return kinds.isEmpty() ? "-" : String.join(", ", kinds);
    }

    private static String tags(JsonNode document) {
        List<String> tags = new ArrayList<>();
        document.path("tags").forEach(tag -> tags.add(tag.asText()));
        return tags.isEmpty() ? "-" : line(String.join(" ", tags), LINE_MOST / 3);
    }

    /** The beginning of a text, on one line. */
    private static String line(String text, int most) {
        String plain = PlainText.line(text).replaceAll("\\s+", " ").strip();
        int length = plain.codePointCount(0, plain.length());
        return length <= most ? plain : plain.substring(0, plain.offsetByCodePoints(0, most - 1)) + "…";
    }
}
