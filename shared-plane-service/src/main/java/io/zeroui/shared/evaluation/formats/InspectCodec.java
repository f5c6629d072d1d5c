package io.zeroui.shared.evaluation.formats;

import com.fasterxml.jackson.core.JsonGenerator;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.shared.evaluation.model.ItemResult;
import io.zeroui.shared.evaluation.model.RunFacts;
import io.zeroui.shared.evaluation.model.Score;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Logs of Inspect in JSON, as {@code EvalLog} describes them ({@code src/inspect_ai/log} in UKGovernmentBEIS/inspect_ai). A value of a score is a
 * number, a truth, one of the letters C (1), P (0.5), I and N (0), a text that is a number, or yes, no, true, false; those of an object are scores
 * {@code name.member}, others are no scores. A time without an offset is taken for UTC.
 */
final class InspectCodec implements ResultCodec {

    static final String CORRECT = "C";
    static final String INCORRECT = "I";

    private static final int VERSION_MOST = 3;
    private static final int TEXT_MOST = 4_000;
    private static final int NAME_MOST = 200;
    private static final int FIGURES_MOST = 200;

    @Override
    public RunFacts read(JsonCursor cursor, ResultSink sink) throws IOException, InvalidResults {
        Reading reading = new Reading(cursor, sink);
        if (!cursor.next() || !cursor.isObject()) {
            throw new InvalidResults("", "this is no log of Inspect: it is no JSON object");
        }
        cursor.members(reading::log);
        if (cursor.next()) {
            throw cursor.wrong("something follows the object");
        }
        return reading.facts();
    }

    /** One log being read. */
    private static final class Reading {

        private final JsonCursor json;
        private final ResultSink sink;
        private final Map<String, Double> reported = new LinkedHashMap<>();
        private boolean hasEval;
        private String name = "";
        private String task = "";
        private String model = "";
        private @Nullable Instant createdAt;

        private Reading(JsonCursor json, ResultSink sink) {
            this.json = json;
            this.sink = sink;
        }

        private RunFacts facts() throws InvalidResults {
            if (!hasEval) {
                throw new InvalidResults("", "this is no log of Inspect: there is no object eval");
            }
            return new RunFacts(name, task, model.isEmpty() ? List.of() : List.of(model), createdAt, reported);
        }

        private void log(String member) throws IOException, InvalidResults {
            switch (member) {
                case "version" -> {
                    int version = json.whole(0, 0);
                    if (version < 1 || version > VERSION_MOST) {
                        throw json.wrong("the version of the log is not one of 1, 2, 3");
                    }
                }
                case "eval" -> {
                    hasEval = json.isObject();
                    json.members(this::eval);
                }
                case "results" -> json.members(of -> {
                    if (of.equals("scores")) {
                        json.elements(this::figures);
                    }
                });
                case "samples" -> json.elements(() -> {
                    Sample sample = new Sample(json);
                    json.members(sample::member);
                    sink.take(sample.item());
                });
                default -> {
                    // plan, statistics and logging are not about items
                }
            }
        }

        private void eval(String member) throws IOException, InvalidResults {
            switch (member) {
                case "run_id" -> name = json.text(NAME_MOST);
                case "task" -> task = json.text(NAME_MOST);
                case "model" -> model = json.text(NAME_MOST);
                case "created" -> createdAt = time(json.text());
                default -> {
                    // not looked at
                }
            }
        }

        private void figures() throws IOException, InvalidResults {
            Map<String, Double> metrics = new LinkedHashMap<>();
            String[] scorer = {""};
            json.members(of -> {
                if (of.equals("name")) {
                    scorer[0] = json.text(NAME_MOST);
                } else if (of.equals("metrics")) {
                    json.members(metric -> json.members(part -> {
                        Double value = part.equals("value") ? json.number() : null;
                        if (value != null) {
                            metrics.put(metric, value);
                        }
                    }));
                }
            });
            metrics.forEach((metric, value) -> {
                if (reported.size() < FIGURES_MOST) {
                    reported.put(scorer[0] + "." + metric, value);
                }
            });
        }
    }

    private static @Nullable Instant time(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            try {
                return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException none) {
                return null;
            }
        }
    }

    /** One element of {@code samples}. */
    private static final class Sample {

        private final JsonCursor json;
        private final List<Score> scores = new ArrayList<>();
        private List<String> tags = List.of();
        private String id = "";
        private String error = "";
        private int epoch = 1;
        private @Nullable Hash input;
        private @Nullable Hash output;

        private Sample(JsonCursor json) {
            this.json = json;
        }

        private void member(String name) throws IOException, InvalidResults {
            switch (name) {
                case "id" -> id = json.text();
                case "epoch" -> epoch = json.whole(1, 1);
                case "input" -> input = json.hash();
                case "output" -> json.members(of -> {
                    if (of.equals("choices")) {
                        output = json.hash();
                    }
                });
                case "score" -> score("score");
                case "scores" -> json.members(this::score);
                case "metadata" -> json.members(of -> {
                    if (of.equals("tags")) {
                        tags = json.tags();
                    }
                });
                case "error" -> error();
                default -> {
                    // messages, events and attachments are not kept
                }
            }
        }

        private void error() throws IOException, InvalidResults {
            if (!json.isObject()) {
                error = json.text(TEXT_MOST);
                return;
            }
            error = "the sample failed";
            json.members(of -> {
                if (of.equals("message") && !json.text().isBlank()) {
                    error = json.text(TEXT_MOST);
                }
            });
        }

        private void score(String name) throws IOException, InvalidResults {
            Map<String, Value> values = new LinkedHashMap<>();
            String[] reason = {""};
            json.members(of -> {
                if (of.equals("value")) {
                    values(name, values);
                } else if (of.equals("explanation")) {
                    reason[0] = json.text(TEXT_MOST);
                }
            });
            for (Map.Entry<String, Value> one : values.entrySet()) {
                json.add(scores, one.getKey(), one.getValue().number(), one.getValue().passed(), reason[0]);
            }
        }

        private void values(String name, Map<String, Value> values) throws IOException, InvalidResults {
            if (json.isObject()) {
                json.members(part -> put(name + "." + part, values));
            } else {
                put(name, values);
            }
        }

        private void put(String name, Map<String, Value> values) throws IOException, InvalidResults {
            if (values.size() == json.limits().scores()) {
                throw json.wrong("a result has at most " + json.limits().scores() + " scores");
            }
            Double number = json.number();
            Value value = number != null ? new Value(number, json.truth()) : Value.of(json.text(NAME_MOST));
            if (value != null) {
                values.put(name, value);
            }
        }

        private ItemResult item() throws InvalidResults {
            return new ItemResult(json.item(id), epoch, "", scores, tags, error, input, output);
        }
    }

    /**
     * What a value of a score means.
     *
     * @param passed null where it does not say
     */
    private record Value(double number, @Nullable Boolean passed) {

        private static @Nullable Value of(String text) {
            return switch (text.strip().toLowerCase(Locale.ROOT)) {
                case "c", "yes", "true" -> new Value(1, true);
                case "i", "n", "no", "false" -> new Value(0, false);
                case "p" -> new Value(0.5, null);
                default -> numeric(text);
            };
        }

        private static @Nullable Value numeric(String text) {
            try {
                double number = Double.parseDouble(text);
                return Double.isFinite(number) ? new Value(number, null) : null;
            } catch (NumberFormatException e) {
                return null;
            }
        }
    }

    @Override
    public Writer write(JsonGenerator out, RunFacts facts) throws IOException {
        return new InspectWriter(out, facts);
    }
}
