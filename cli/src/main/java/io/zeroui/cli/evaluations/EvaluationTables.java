package io.zeroui.cli.evaluations;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.cli.output.Table;
import java.util.Locale;

/** What the service answers, for people. */
final class EvaluationTables {

    private static final int LINE_MOST = 60;
    private static final int DIGEST_SHOWN = 19;

    private EvaluationTables() {
    }

    /** Datasets, suites or gates, one a line. */
    static String documents(JsonNode answer) {
        Table table = Table.of("NAME", "VERSION", "DIGEST", "WRITTEN", "BY");
        for (JsonNode one : answer.path("items")) {
            table.row(one.path("name").asText(), one.path("version").asText(), digest(one.path("digest").asText()), one.path("created_at").asText(),
                    one.path("created_by").asText());
        }
        return table.render() + more(answer, "--after");
    }

    /** A version. */
    static String document(JsonNode one) {
        return one.path("name").asText() + " is version " + one.path("version").asText() + ", " + one.path("digest").asText();
    }

    /** Runs, one a line. */
    static String runs(JsonNode answer) {
        Table table = Table.of("RUN", "SUITE", "MODEL", "ITEMS", "RESULTS", "ERRORS", "RECORDED");
        for (JsonNode one : answer.path("items")) {
            JsonNode facts = one.path("facts");
            table.row(one.path("run_id").asText(), facts.path("suite").asText(), line(facts.path("model").asText(), LINE_MOST / 2),
                    facts.path("counts").path("items").asText(), facts.path("counts").path("results").asText(), facts.path("counts").path("errors").asText(),
                    one.path("recorded_at").asText());
        }
        return table.render() + more(answer, "--before");
    }

    /** A run with its scores. */
    static String run(JsonNode one) {
        JsonNode facts = one.path("facts");
        Table table = Table.of("SCORE", "ITEMS", "MEAN", "95 % INTERVAL", "PASSED");
        for (JsonNode score : facts.path("scores")) {
            table.row(line(score.path("name").asText(), LINE_MOST), score.path("items").asText(), number(score.path("mean")), interval(score),
                    score.has("passed") ? number(score.path("passed")) : "-");
        }
        return one.path("run_id").asText() + " of " + facts.path("suite").asText() + " version " + facts.path("suite_version").asText() + ", "
                + facts.path("model").asText() + "\ndataset " + facts.path("dataset_digest").asText() + "\ncode    " + facts.path("code_digest").asText()
                + "\nmodel   " + facts.path("model_digest").asText() + "\nfile    " + facts.path("source").path("sha256").asText() + " ("
                + facts.path("source").path("format").asText() + ")\n\n" + table.render();
    }

    /** Two runs compared. */
    static String comparison(JsonNode answer) {
        JsonNode difference = answer.path("difference");
        StringBuilder counts = new StringBuilder();
        answer.path("counts").fields().forEachRemaining(kind -> {
            if (kind.getValue().asInt() > 0) {
                counts.append(counts.isEmpty() ? "" : ", ").append(kind.getValue().asText()).append(' ').append(kind.getKey());
            }
        });
        Table table = Table.of("ITEM", "CHANGE", "BASELINE", "CANDIDATE", "DIFFERENCE");
        for (JsonNode one : answer.path("items")) {
            table.row(line(one.path("item").asText(), LINE_MOST), one.path("change").asText(), number(one.path("baseline")), number(one.path("candidate")),
                    number(one.path("difference")));
        }
        return answer.path("score").asText() + " differs by " + number(difference.path("mean")) + " " + interval(difference) + " over "
                + difference.path("items").asText("0") + " common items\n" + counts + "\n\n" + table.render() + more(answer, "--after");
    }

    /** A score over time. */
    static String trend(JsonNode answer) {
        Table table = Table.of("RECORDED", "RUN", "MODEL", "DATASET", "ITEMS", "MEAN", "95 % INTERVAL");
        for (JsonNode one : answer.path("points")) {
            table.row(one.path("recorded_at").asText(), one.path("run_id").asText(), line(one.path("model").asText(), LINE_MOST / 2),
                    digest(one.path("dataset_digest").asText()), one.path("score").path("items").asText(), number(one.path("score").path("mean")),
                    interval(one.path("score")));
        }
        return table.render() + more(answer, "--before");
    }

    /** What a gate decided. */
    static String verdict(JsonNode one) {
        StringBuilder text = new StringBuilder(one.path("subject_kind").asText()).append(' ').append(one.path("subject_id").asText()).append(' ')
                .append(one.path("subject_version").asText()).append(one.path("passed").asBoolean() ? " passes " : " does not pass ")
                .append(one.path("gate").asText()).append(", until ").append(one.path("expires_at").asText());
        for (JsonNode reason : one.path("reasons")) {
            text.append('\n').append(reason.path("met").asBoolean() ? "  met      " : "  not met  ").append(plain(reason.path("text").asText()));
        }
        return text.toString();
    }

    /** What gates have decided, one a line. */
    static String verdicts(JsonNode answer) {
        Table table = Table.of("DECIDED", "GATE", "SUBJECT", "VERSION", "VERDICT", "RUN", "EXPIRES");
        for (JsonNode one : answer.path("items")) {
            table.row(one.path("decided_at").asText(), one.path("gate").asText(),
                    one.path("subject_kind").asText() + " " + line(one.path("subject_id").asText(), LINE_MOST / 2), one.path("subject_version").asText(),
                    one.path("passed").asBoolean() ? "pass" : "fail", one.path("run").asText(), one.path("expires_at").asText());
        }
        return table.render() + more(answer, "--before");
    }

    private static String more(JsonNode answer, String option) {
        return answer.hasNonNull("next") ? "more: " + option + " " + answer.path("next").asText() : "";
    }

    private static String number(JsonNode number) {
        return number.isNumber() ? String.format(Locale.ROOT, "%.4g", number.asDouble()) : "-";
    }

    private static String interval(JsonNode of) {
        return of.has("low") ? "(" + number(of.path("low")) + " to " + number(of.path("high")) + ")" : "-";
    }

    private static String digest(String digest) {
        return digest.length() <= DIGEST_SHOWN ? digest : digest.substring(0, DIGEST_SHOWN);
    }

    /** The beginning of a text, on one line and without what a terminal would take for a command. */
    private static String line(String text, int most) {
        String plain = plain(text);
        int length = plain.codePointCount(0, plain.length());
        return length <= most ? plain : plain.substring(0, plain.offsetByCodePoints(0, most - 1)) + "…";
    }

    private static String plain(String text) {
        return text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
    }
}
