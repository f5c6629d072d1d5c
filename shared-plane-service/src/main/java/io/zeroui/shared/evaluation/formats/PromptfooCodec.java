package io.zeroui.shared.evaluation.formats;

import com.fasterxml.jackson.core.JsonGenerator;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.shared.evaluation.model.ItemResult;
import io.zeroui.shared.evaluation.model.RunFacts;
import io.zeroui.shared.evaluation.model.Score;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Results of promptfoo, as {@code EvaluateSummary} of its types describes them ({@code src/types} in promptfoo/promptfoo): version 3 and what is like it.
 * A file has a variant for each provider and prompt. An item is a test: its description and a part of the hash of its variables, since tests have no
 * ids; {@code metadata.item} of a test wins. Repetitions of a test are its epochs.
 */
final class PromptfooCodec implements ResultCodec {

    /** The name of promptfoo's score of a result as a whole. */
    static final String TOTAL = "score";

    private static final int VERSION_LEAST = 2;
    private static final int VERSION_MOST = 4;
    private static final int VERSION_WRITTEN = 3;
    private static final int TEXT_MOST = 4_000;
    private static final int DESCRIPTION_MOST = 200;
    private static final int HASH_SHOWN = 12;
    private static final int MODELS_MOST = 100;
    static final int FAILED_BY_ASSERTION = 1;
    static final int FAILED_BY_ERROR = 2;

    @Override
    public RunFacts read(JsonCursor cursor, ResultSink sink) throws IOException, InvalidResults {
        Reading reading = new Reading(cursor, sink);
        if (!cursor.next() || !cursor.isObject()) {
            throw new InvalidResults("", "this is no result of promptfoo: it is no JSON object");
        }
        cursor.members(reading::file);
        if (cursor.next()) {
            throw cursor.wrong("something follows the object");
        }
        return reading.facts();
    }

    /** One file being read. */
    private static final class Reading {

        private final JsonCursor json;
        private final ResultSink sink;
        private final Repetitions repetitions = new Repetitions();
        private final Set<String> models = new LinkedHashSet<>();
        private final Map<String, Double> reported = new LinkedHashMap<>();
        private boolean hasResults;
        private String name = "";
        private String task = "";
        private @Nullable Instant createdAt;

        private Reading(JsonCursor json, ResultSink sink) {
            this.json = json;
            this.sink = sink;
        }

        private RunFacts facts() throws InvalidResults {
            if (!hasResults) {
                throw new InvalidResults("", "this is no result of promptfoo: there is no list results.results");
            }
            return new RunFacts(name, task, List.copyOf(models), createdAt, reported);
        }

        private void file(String member) throws IOException, InvalidResults {
            switch (member) {
                case "evalId" -> name = json.text(DESCRIPTION_MOST);
                case "config" -> json.members(of -> {
                    if (of.equals("description")) {
                        task = json.text(DESCRIPTION_MOST);
                    }
                });
                case "results" -> json.members(this::summary);
                default -> {
                    // what else there is says nothing about results
                }
            }
        }

        private void summary(String member) throws IOException, InvalidResults {
            switch (member) {
                case "version" -> {
                    int version = json.whole(0, 0);
                    if (version < VERSION_LEAST || version > VERSION_MOST) {
                        throw json.wrong("the version of the results is not one of 2, 3, 4");
                    }
                }
                case "timestamp" -> createdAt = time(json.text());
                case "stats" -> json.members(of -> {
                    Double value = json.number();
                    if (value != null) {
                        reported.put(of, value);
                    }
                });
                case "results" -> {
                    hasResults = json.isList();
                    json.elements(() -> {
                        Result result = new Result(json);
                        json.members(result::member);
                        sink.take(result.item(repetitions));
                        if (models.size() < MODELS_MOST) {
                            models.add(result.provider);
                        }
                    });
                }
                default -> {
                    // the table and the prompts repeat what results have
                }
            }
        }

        private static @Nullable Instant time(String text) {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                return null;
            }
        }
    }

    /** One element of {@code results.results}. */
    private static final class Result {

        private final JsonCursor json;
        private final List<Score> named = new ArrayList<>();
        private final List<Score> asserted = new ArrayList<>();
        private List<String> tags = List.of();
        private String provider = "";
        private String prompt = "";
        private String description = "";
        private String item = "";
        private String error = "";
        private String reason = "";
        private int test = -1;
        private int failure = -1;
        private @Nullable Hash vars;
        private @Nullable Hash input;
        private @Nullable Hash output;
        private @Nullable Double score;
        private @Nullable Boolean success;

        private Result(JsonCursor json) {
            this.json = json;
        }

        private void member(String name) throws IOException, InvalidResults {
            switch (name) {
                case "score" -> score = json.number();
                case "success" -> success = json.truth();
                case "error" -> error = json.text(TEXT_MOST);
                case "failureReason" -> failure = json.whole(0, -1);
                case "testIdx" -> test = json.whole(0, -1);
                case "vars" -> vars = json.hash();
                case "namedScores" -> json.members(of -> {
                    Double value = json.number();
                    if (value != null) {
                        json.add(named, of, value, null, "");
                    }
                });
                case "gradingResult" -> json.members(this::grading);
                case "prompt" -> json.members(this::prompt);
                case "provider" -> provider();
                case "response" -> json.members(of -> {
                    if (of.equals("output")) {
                        output = json.hash();
                    }
                });
                case "testCase" -> json.members(this::testCase);
                default -> {
                    // costs, tokens and times are no scores
                }
            }
        }

        private void prompt(String name) throws IOException, InvalidResults {
            switch (name) {
                case "raw" -> input = json.hash();
                case "label" -> prompt = json.text(DESCRIPTION_MOST);
                default -> {
                    // not looked at
                }
            }
        }

        private void provider() throws IOException, InvalidResults {
            if (!json.isObject()) {
                provider = json.text(DESCRIPTION_MOST);
                return;
            }
            json.members(of -> {
                if (of.equals("label") && !json.text().isBlank() || of.equals("id") && provider.isEmpty()) {
                    provider = json.text(DESCRIPTION_MOST);
                }
            });
        }

        private void testCase(String name) throws IOException, InvalidResults {
            switch (name) {
                case "description" -> description = json.text(DESCRIPTION_MOST);
                case "metadata" -> json.members(of -> {
                    if (of.equals("item")) {
                        item = json.text(ItemResult.ITEM_MOST);
                    } else if (of.equals("tags")) {
                        tags = json.tags();
                    }
                });
                default -> {
                    // assertions are what the scores are about
                }
            }
        }

        private void grading(String name) throws IOException, InvalidResults {
            switch (name) {
                case "reason" -> reason = json.text(TEXT_MOST);
                case "componentResults" -> json.elements(() -> {
                    Component component = new Component(json);
                    json.members(component::member);
                    component.addTo(asserted);
                });
                default -> {
                    // pass and score are said by the result itself
                }
            }
        }

        private ItemResult item(Repetitions repetitions) throws InvalidResults {
            Double total = score;
            if (total == null) {
                throw json.wrong("a result has no score");
            }
            boolean hasFailed = failure == FAILED_BY_ERROR || failure < 0 && !error.isEmpty() && asserted.isEmpty();
            List<Score> scores = new ArrayList<>();
            json.add(scores, TOTAL, total, success, reason.isEmpty() && !hasFailed ? error : reason);
            for (Score score : named) {
                Score why = asserted.stream().filter(one -> one.name().equals(score.name())).findFirst().orElse(score);
                json.add(scores, score.name(), score.value(), why.passed(), why.reason());
            }
            for (Score score : asserted) {
                json.add(scores, score.name(), score.value(), score.passed(), score.reason());
            }
            String variant = prompt.isEmpty() ? provider : provider + " / " + prompt;
            String id = json.item(id());
            return new ItemResult(id, repetitions.next(variant, id), variant, scores, tags, hasFailed ? error : "", input, output);
        }

        private String id() {
            if (!item.isEmpty()) {
                return item;
            }
            Hash of = vars;
            if (of == null) {
                return description.isBlank() ? "test " + test : description;
            }
            String hash = of.hex().substring(0, HASH_SHOWN);
            return description.isBlank() ? hash : description + " " + hash;
        }
    }

    /** What one assertion says. */
    private static final class Component {

        private final JsonCursor json;
        private String type = "";
        private String metric = "";
        private String reason = "";
        private @Nullable Double score;
        private @Nullable Boolean pass;

        private Component(JsonCursor json) {
            this.json = json;
        }

        private void member(String name) throws IOException, InvalidResults {
            switch (name) {
                case "pass" -> pass = json.truth();
                case "score" -> score = json.number();
                case "reason" -> reason = json.text(TEXT_MOST);
                case "assertion" -> json.members(of -> {
                    if (of.equals("type")) {
                        type = json.text(DESCRIPTION_MOST / 2);
                    } else if (of.equals("metric")) {
                        metric = json.text(Score.NAME_MOST);
                    }
                });
                default -> {
                    // not looked at
                }
            }
        }

        /** Several assertions of one metric are passed together. */
        private void addTo(List<Score> scores) throws InvalidResults {
            Double value = score;
            if (value == null) {
                return;
            }
            Score before = scores.stream().filter(one -> one.name().equals(metric)).findFirst().orElse(null);
            if (before == null) {
                json.add(scores, metric.isBlank() ? "assert " + (scores.size() + 1) + (type.isBlank() ? "" : " " + type) : metric, value, pass, reason);
            } else if (Boolean.FALSE.equals(pass) && !Boolean.FALSE.equals(before.passed())) {
                scores.set(scores.indexOf(before), new Score(metric, before.value(), pass, reason));
            }
        }
    }

    @Override
    public Writer write(JsonGenerator out, RunFacts facts) throws IOException {
        out.writeStartObject();
        out.writeStringField("evalId", facts.name());
        out.writeObjectFieldStart("config");
        out.writeStringField("description", facts.task());
        out.writeEndObject();
        out.writeObjectFieldStart("results");
        out.writeNumberField("version", VERSION_WRITTEN);
        Instant at = facts.createdAt();
        if (at != null) {
            out.writeStringField("timestamp", at.toString());
        }
        out.writeArrayFieldStart("prompts");
        out.writeEndArray();
        out.writeArrayFieldStart("results");
        return new PromptfooWriter(out, facts);
    }
}
