package io.zeroui.shared.evaluation.formats;

import com.fasterxml.jackson.core.JsonGenerator;
import io.zeroui.shared.evaluation.model.ItemResult;
import io.zeroui.shared.evaluation.model.RunFacts;
import io.zeroui.shared.evaluation.model.Score;
import java.io.IOException;
import java.time.Instant;

/** Writes a log of Inspect, version 2; texts that are not kept are empty in it. */
final class InspectWriter implements ResultCodec.Writer {

    private static final int VERSION = 2;

    private final JsonGenerator out;

    InspectWriter(JsonGenerator out, RunFacts facts) throws IOException {
        this.out = out;
        String model = facts.models().isEmpty() ? "unknown" : facts.models().get(0);
        Instant at = facts.createdAt();
        out.writeStartObject();
        out.writeNumberField("version", VERSION);
        out.writeStringField("status", "success");
        out.writeObjectFieldStart("eval");
        out.writeStringField("run_id", facts.name());
        out.writeStringField("created", at == null ? "" : at.toString());
        out.writeStringField("task", facts.task());
        out.writeStringField("task_id", facts.name());
        out.writeNumberField("task_version", 0);
        out.writeObjectFieldStart("dataset");
        out.writeEndObject();
        out.writeStringField("model", model);
        out.writeObjectFieldStart("config");
        out.writeEndObject();
        out.writeEndObject();
        out.writeArrayFieldStart("samples");
    }

    @Override
    public void add(ItemResult result) throws IOException {
        out.writeStartObject();
        out.writeStringField("id", result.item());
        out.writeNumberField("epoch", result.epoch());
        out.writeStringField("input", "");
        out.writeStringField("target", "");
        out.writeObjectFieldStart("scores");
        for (Score score : result.scores()) {
            out.writeObjectFieldStart(score.name());
            value(score);
            if (!score.reason().isEmpty()) {
                out.writeStringField("explanation", score.reason());
            }
            out.writeEndObject();
        }
        out.writeEndObject();
        out.writeObjectFieldStart("metadata");
        out.writeArrayFieldStart("tags");
        for (String tag : result.tags()) {
            out.writeString(tag);
        }
        out.writeEndArray();
        out.writeEndObject();
        if (!result.error().isEmpty()) {
            out.writeObjectFieldStart("error");
            out.writeStringField("message", result.error());
            out.writeStringField("traceback", "");
            out.writeStringField("traceback_ansi", "");
            out.writeEndObject();
        }
        out.writeEndObject();
    }

    /** The letters say more than 1 and 0: that a person would call it correct. */
    private void value(Score score) throws IOException {
        Boolean passed = score.passed();
        if (passed != null && score.value() == (passed ? 1 : 0)) {
            out.writeStringField("value", passed ? InspectCodec.CORRECT : InspectCodec.INCORRECT);
        } else {
            out.writeNumberField("value", score.value());
        }
    }

    @Override
    public void end() throws IOException {
        out.writeEndArray();
        out.writeEndObject();
    }
}
