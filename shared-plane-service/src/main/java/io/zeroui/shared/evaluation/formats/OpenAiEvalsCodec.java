package io.zeroui.shared.evaluation.formats;

import com.fasterxml.jackson.core.JsonGenerator;
import io.zeroui.shared.evaluation.model.ItemResult;
import io.zeroui.shared.evaluation.model.RunFacts;
import io.zeroui.shared.evaluation.model.Score;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Logs of OpenAI's evals, as the local recorder writes them ({@code evals/record.py} in openai/evals): the lines {@code spec}, {@code final_report} and
 * events in any order. Events {@code match} are the score {@code match}, numbers and truths of events {@code metrics} scores of their names; the n-th
 * of a name and sample is its n-th epoch, as the tool's own accuracy counts events too. Scores are held until the end, since samples run together.
 */
final class OpenAiEvalsCodec implements ResultCodec {

    private static final String MATCH = "match";
    private static final int TEXT_MOST = 4_000;
    private static final int NAME_MOST = 200;
    private static final int FIGURES_MOST = 200;

    @Override
    public RunFacts read(JsonCursor cursor, ResultSink sink) throws IOException, InvalidResults {
        Reading reading = new Reading(cursor);
        while (cursor.next()) {
            if (!cursor.isObject()) {
                throw cursor.wrong("this is no log of OpenAI's evals: a line is no JSON object");
            }
            Event event = new Event(reading);
            cursor.members(event::member);
            event.end();
        }
        return reading.end(sink);
    }

    /** One log being read. */
    private static final class Reading {

        private final JsonCursor json;
        private final Map<String, List<Scored>> samples = new LinkedHashMap<>();
        private final Map<String, Double> reported = new LinkedHashMap<>();
        private final List<String> models = new ArrayList<>();
        private boolean isLog;
        private int results;
        private String name = "";
        private String task = "";
        private @Nullable Instant createdAt;

        private Reading(JsonCursor json) {
            this.json = json;
        }

        private void spec(String member) throws IOException, InvalidResults {
            switch (member) {
                case "run_id" -> name = json.text(NAME_MOST);
                case "eval_name" -> task = json.text(NAME_MOST);
                case "created_at" -> createdAt = time(json.text());
                case "completion_fns" -> json.elements(() -> {
                    if (models.size() < FIGURES_MOST) {
                        models.add(json.text(NAME_MOST));
                    }
                });
                default -> {
                    // not looked at
                }
            }
        }

        /** The tool writes {@code 2023-04-17 22:08:21.904498}, in UTC. */
        private static @Nullable Instant time(String text) {
            String iso = text.replace(' ', 'T');
            try {
                return OffsetDateTime.parse(iso.contains("+") || iso.endsWith("Z") ? iso : iso + "Z").toInstant();
            } catch (DateTimeException e) {
                return null;
            }
        }

        private void figure(String of) throws IOException, InvalidResults {
            Double value = json.number();
            if (value != null && reported.size() < FIGURES_MOST) {
                reported.put(of, value);
            }
        }

        private List<Scored> sample(String id) throws InvalidResults {
            return samples.computeIfAbsent(json.item(id), none -> new ArrayList<>());
        }

        /** The epoch in which a score of that name is the next, of a sample. */
        private void score(List<Scored> epochs, String of, double value, @Nullable Boolean passed, String reason) throws InvalidResults {
            for (Scored epoch : epochs) {
                if (epoch.scores.stream().noneMatch(score -> score.name().equals(of))) {
                    json.add(epoch.scores, of, value, passed, reason);
                    return;
                }
            }
            json.add(epoch(epochs).scores, of, value, passed, reason);
        }

        private Scored epoch(List<Scored> epochs) throws InvalidResults {
            if (++results > json.limits().results()) {
                throw json.wrong("a file has at most " + json.limits().results() + " results");
            }
            Scored next = new Scored();
            epochs.add(next);
            return next;
        }

        private RunFacts end(ResultSink sink) throws IOException, InvalidResults {
            if (!isLog) {
                throw new InvalidResults("", "this is no log of OpenAI's evals: there is neither a spec nor an event");
            }
            for (Map.Entry<String, List<Scored>> sample : samples.entrySet()) {
                int epoch = 1;
                for (Scored scored : sample.getValue()) {
                    sink.take(new ItemResult(sample.getKey(), epoch++, "", scored.scores, List.of(), scored.error, null, null));
                }
            }
            return new RunFacts(name, task, models, createdAt, reported);
        }
    }

    /** One epoch of a sample. */
    private static final class Scored {
        private final List<Score> scores = new ArrayList<>();
        private String error = "";
    }

    /** One line. */
    private static final class Event {

        private final Reading reading;
        private final JsonCursor json;
        private final Map<String, Double> numbers = new LinkedHashMap<>();
        private String sample = "";
        private String type = "";
        private String message = "";
        private @Nullable Boolean correct;

        private Event(Reading reading) {
            this.reading = reading;
            this.json = reading.json;
        }

        private void member(String name) throws IOException, InvalidResults {
            switch (name) {
                case "spec" -> {
                    reading.isLog = true;
                    json.members(reading::spec);
                }
                case "final_report" -> json.members(reading::figure);
                case "sample_id" -> sample = json.text();
                case "type" -> type = json.text(NAME_MOST);
                case "data" -> json.members(this::data);
                default -> {
                    // not looked at
                }
            }
        }

        /** The recorder writes the type before the data. */
        private void data(String name) throws IOException, InvalidResults {
            if (name.equals("correct")) {
                correct = json.truth();
            }
            if (name.equals("message")) {
                message = json.text(TEXT_MOST);
            }
            Double value = json.number();
            if (value != null && numbers.size() < json.limits().scores()) {
                numbers.put(name, value);
            }
        }

        private void end() throws InvalidResults {
            if (type.isEmpty()) {
                return;
            }
            reading.isLog = true;
            switch (type) {
                case MATCH -> {
                    Boolean matches = correct;
                    if (matches == null) {
                        throw json.wrong("a match does not say whether it is correct");
                    }
                    reading.score(reading.sample(sample), MATCH, matches ? 1 : 0, matches, "");
                }
                case "metrics" -> {
                    List<Scored> epochs = reading.sample(sample);
                    for (Map.Entry<String, Double> metric : numbers.entrySet()) {
                        reading.score(epochs, metric.getKey(), metric.getValue(), metric.getKey().equals("correct") ? correct : null, "");
                    }
                }
                case "error" -> {
                    List<Scored> epochs = reading.sample(sample);
                    (epochs.isEmpty() ? reading.epoch(epochs) : epochs.get(epochs.size() - 1)).error = message.isEmpty() ? "the sample failed" : message;
                }
                default -> {
                    // sampling and others say nothing about how good it was
                }
            }
        }
    }

    @Override
    public Writer write(JsonGenerator out, RunFacts facts) throws IOException {
        Instant at = facts.createdAt();
        out.writeStartObject();
        out.writeObjectFieldStart("spec");
        out.writeArrayFieldStart("completion_fns");
        for (String model : facts.models()) {
            out.writeString(model);
        }
        out.writeEndArray();
        out.writeStringField("eval_name", facts.task());
        out.writeStringField("base_eval", facts.task());
        out.writeStringField("split", "");
        out.writeObjectFieldStart("run_config");
        out.writeEndObject();
        out.writeStringField("created_by", "");
        out.writeStringField("run_id", facts.name());
        out.writeStringField("created_at", at == null ? "" : at.toString());
        out.writeEndObject();
        out.writeEndObject();
        return new Writing(out, facts);
    }

    /** One log being written: a {@code match} where a score of that name is 1 or 0, else {@code metrics}. */
    private static final class Writing implements Writer {

        private final JsonGenerator out;
        private final RunFacts facts;
        private long event;

        private Writing(JsonGenerator out, RunFacts facts) {
            this.out = out;
            this.facts = facts;
        }

        @Override
        public void add(ItemResult result) throws IOException {
            for (Score score : result.scores()) {
                boolean isMatch = score.name().equals(MATCH) && score.passed() != null && score.value() == (score.passed() ? 1 : 0);
                begin(result.item(), isMatch ? MATCH : "metrics");
                if (isMatch) {
                    out.writeBooleanField("correct", score.value() == 1);
                    out.writeNullField("expected");
                    out.writeNullField("picked");
                } else if (score.name().equals("correct") && score.passed() != null) {
                    out.writeBooleanField("correct", score.passed());
                } else {
                    out.writeNumberField(score.name(), score.value());
                }
                endEvent();
            }
            if (!result.error().isEmpty()) {
                begin(result.item(), "error");
                out.writeStringField("type", "Error");
                out.writeStringField("message", result.error());
                endEvent();
            }
        }

        private void begin(String sample, String type) throws IOException {
            out.writeStartObject();
            out.writeStringField("run_id", facts.name());
            out.writeNumberField("event_id", event++);
            out.writeStringField("sample_id", sample);
            out.writeStringField("type", type);
            out.writeObjectFieldStart("data");
        }

        private void endEvent() throws IOException {
            out.writeEndObject();
            out.writeStringField("created_by", "");
            out.writeEndObject();
        }

        @Override
        public void end() throws IOException {
            out.writeStartObject();
            out.writeObjectFieldStart("final_report");
            for (Map.Entry<String, Double> figure : facts.reported().entrySet()) {
                out.writeNumberField(figure.getKey(), figure.getValue());
            }
            out.writeEndObject();
            out.writeEndObject();
        }
    }
}
