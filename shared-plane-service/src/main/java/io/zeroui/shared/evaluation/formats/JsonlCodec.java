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
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lines of JSON: {@code {"item":"capital-of-peru","epoch":1,"scores":{"match":{"value":1,"passed":true,"reason":"…"},"seconds":0.7},"tags":["geography"],
 * "error":"…","input_sha256":"…","output_sha256":"…","variant":"…"}}; all but {@code item} may be absent, a score may be a number or a truth alone, and
 * without an epoch results count in their order. The first line may be {@code {"run":{"name":"…","task":"…","models":["…"],"created_at":"…",
 * "reported":{"accuracy":0.5}}}}.
 */
final class JsonlCodec implements ResultCodec {

    private static final int TEXT_MOST = 4_000;
    private static final int NAME_MOST = 200;
    private static final int FIGURES_MOST = 200;

    @Override
    public RunFacts read(JsonCursor cursor, ResultSink sink) throws IOException, InvalidResults {
        Run run = new Run(cursor);
        Repetitions repetitions = new Repetitions();
        while (cursor.next()) {
            if (!cursor.isObject()) {
                throw cursor.wrong("a line is no JSON object");
            }
            Line line = new Line(cursor, run);
            cursor.members(line::member);
            if (!line.isRun) {
                sink.take(line.result(repetitions));
            }
        }
        return new RunFacts(run.name, run.task, run.models, run.createdAt, run.reported);
    }

    /** What the line about the run says. */
    private static final class Run {

        private final JsonCursor json;
        private final List<String> models = new ArrayList<>();
        private final Map<String, Double> reported = new LinkedHashMap<>();
        private String name = "";
        private String task = "";
        private @Nullable Instant createdAt;

        private Run(JsonCursor json) {
            this.json = json;
        }

        private void member(String member) throws IOException, InvalidResults {
            switch (member) {
                case "name" -> name = json.text(NAME_MOST);
                case "task" -> task = json.text(NAME_MOST);
                case "created_at" -> createdAt = time();
                case "models" -> json.elements(() -> {
                    if (models.size() < FIGURES_MOST) {
                        models.add(json.text(NAME_MOST));
                    }
                });
                case "reported" -> json.members(of -> {
                    Double value = json.number();
                    if (value != null && reported.size() < FIGURES_MOST) {
                        reported.put(of, value);
                    }
                });
                default -> {
                    // not looked at
                }
            }
        }

        private Instant time() throws IOException, InvalidResults {
            try {
                return Instant.parse(json.text());
            } catch (DateTimeException e) {
                throw json.wrong("this is no time as in 2026-11-22T18:00:00Z");
            }
        }
    }

    /** One line. */
    private static final class Line {

        private final JsonCursor json;
        private final Run run;
        private final List<Score> scores = new ArrayList<>();
        private List<String> tags = List.of();
        private boolean isRun;
        private String item = "";
        private String variant = "";
        private String error = "";
        private int epoch;
        private @Nullable Hash input;
        private @Nullable Hash output;

        private Line(JsonCursor json, Run run) {
            this.json = json;
            this.run = run;
        }

        private void member(String name) throws IOException, InvalidResults {
            switch (name) {
                case "run" -> {
                    isRun = true;
                    json.members(run::member);
                }
                case "item" -> item = json.text();
                case "epoch" -> epoch = epoch();
                case "variant" -> variant = json.text(2 * NAME_MOST);
                case "error" -> error = json.text(TEXT_MOST);
                case "tags" -> tags = json.tags();
                case "input_sha256" -> input = hash();
                case "output_sha256" -> output = hash();
                case "scores" -> json.members(this::score);
                default -> throw json.wrong("a result has the members item, epoch, variant, scores, tags, error, input_sha256 and output_sha256");
            }
        }

        private int epoch() throws IOException, InvalidResults {
            int number = json.whole(1, 0);
            if (number == 0) {
                throw json.wrong("an epoch is a whole number from 1");
            }
            return number;
        }

        private @Nullable Hash hash() throws IOException, InvalidResults {
            if (json.isNull()) {
                return null;
            }
            try {
                return Hash.parse(json.text());
            } catch (IllegalArgumentException e) {
                throw json.wrong("this is no SHA-256 in hex");
            }
        }

        private void score(String name) throws IOException, InvalidResults {
            Double[] value = {json.number()};
            Boolean[] passed = {json.truth()};
            String[] reason = {""};
            json.members(of -> {
                switch (of) {
                    case "value" -> value[0] = json.number();
                    case "passed" -> passed[0] = json.truth();
                    case "reason" -> reason[0] = json.text(TEXT_MOST);
                    default -> throw json.wrong("a score has the members value, passed and reason");
                }
            });
            Double number = value[0];
            if (number == null) {
                throw json.wrong("a score has no finite number");
            }
            json.add(scores, name, number, passed[0], reason[0]);
        }

        private ItemResult result(Repetitions repetitions) throws InvalidResults {
            String id = json.item(item);
            int count = repetitions.next(variant, id);
            return new ItemResult(id, epoch > 0 ? epoch : count, variant, scores, tags, error, input, output);
        }
    }

    @Override
    public Writer write(JsonGenerator out, RunFacts facts) throws IOException {
        Instant at = facts.createdAt();
        out.writeStartObject();
        out.writeObjectFieldStart("run");
        out.writeStringField("name", facts.name());
        out.writeStringField("task", facts.task());
        out.writeArrayFieldStart("models");
        for (String model : facts.models()) {
            out.writeString(model);
        }
        out.writeEndArray();
        if (at != null) {
            out.writeStringField("created_at", at.toString());
        }
        out.writeObjectFieldStart("reported");
        for (Map.Entry<String, Double> figure : facts.reported().entrySet()) {
            out.writeNumberField(figure.getKey(), figure.getValue());
        }
        out.writeEndObject();
        out.writeEndObject();
        out.writeEndObject();
        return new Writing(out);
    }

    /** Lines being written. */
    private record Writing(JsonGenerator out) implements Writer {

        @Override
        public void add(ItemResult result) throws IOException {
            out.writeStartObject();
            out.writeStringField("item", result.item());
            out.writeNumberField("epoch", result.epoch());
            text("variant", result.variant());
            out.writeObjectFieldStart("scores");
            for (Score score : result.scores()) {
                out.writeObjectFieldStart(score.name());
                out.writeNumberField("value", score.value());
                if (score.passed() != null) {
                    out.writeBooleanField("passed", score.passed());
                }
                text("reason", score.reason());
                out.writeEndObject();
            }
            out.writeEndObject();
            if (!result.tags().isEmpty()) {
                out.writeArrayFieldStart("tags");
                for (String tag : result.tags()) {
                    out.writeString(tag);
                }
                out.writeEndArray();
            }
            text("error", result.error());
            hash("input_sha256", result.input());
            hash("output_sha256", result.output());
            out.writeEndObject();
        }

        private void text(String name, String value) throws IOException {
            if (!value.isEmpty()) {
                out.writeStringField(name, value);
            }
        }

        private void hash(String name, @Nullable Hash hash) throws IOException {
            if (hash != null) {
                out.writeStringField(name, hash.hex());
            }
        }

        @Override
        public void end() {
            // nothing ends lines
        }
    }
}
