package io.zeroui.shared.evaluation.formats;

import com.fasterxml.jackson.core.JsonGenerator;
import io.zeroui.shared.evaluation.model.ItemResult;
import io.zeroui.shared.evaluation.model.RunFacts;
import io.zeroui.shared.evaluation.model.Score;
import java.io.IOException;

/** Writes a result of promptfoo, version 3; texts that are not kept are not in it. */
final class PromptfooWriter implements ResultCodec.Writer {

    private final JsonGenerator out;
    private final RunFacts facts;
    private long successes;
    private long failures;
    private long errors;

    PromptfooWriter(JsonGenerator out, RunFacts facts) {
        this.out = out;
        this.facts = facts;
    }

    @Override
    public void add(ItemResult result) throws IOException {
        Score total = result.scores().stream().filter(score -> score.name().equals(PromptfooCodec.TOTAL)).findFirst()
                .orElseGet(() -> result.scores().isEmpty() ? new Score(PromptfooCodec.TOTAL, 0, false, "") : result.scores().get(0));
        boolean hasFailed = !result.error().isEmpty();
        boolean success = !hasFailed && (total.passed() != null ? total.passed() : total.value() >= 1);
        successes += success ? 1 : 0;
        errors += hasFailed ? 1 : 0;
        failures += success || hasFailed ? 0 : 1;
        out.writeStartObject();
        out.writeNumberField("testIdx", successes + failures + errors - 1);
        out.writeNumberField("promptIdx", 0);
        out.writeObjectFieldStart("provider");
        out.writeStringField("id", facts.models().isEmpty() ? "unknown" : facts.models().get(0));
        out.writeEndObject();
        out.writeObjectFieldStart("prompt");
        out.writeStringField("raw", "");
        out.writeStringField("label", "");
        out.writeEndObject();
        out.writeObjectFieldStart("vars");
        out.writeStringField("item", result.item());
        out.writeEndObject();
        testCase(result);
        out.writeNumberField("score", total.value());
        out.writeBooleanField("success", success);
        out.writeNumberField("failureReason", hasFailed ? PromptfooCodec.FAILED_BY_ERROR : success ? 0 : PromptfooCodec.FAILED_BY_ASSERTION);
        if (hasFailed) {
            out.writeStringField("error", result.error());
        }
        named(result);
        grading(result, total, success);
        out.writeEndObject();
    }

    private void testCase(ItemResult result) throws IOException {
        out.writeObjectFieldStart("testCase");
        out.writeObjectFieldStart("metadata");
        out.writeStringField("item", result.item());
        out.writeArrayFieldStart("tags");
        for (String tag : result.tags()) {
            out.writeString(tag);
        }
        out.writeEndArray();
        out.writeEndObject();
        out.writeEndObject();
    }

    private void named(ItemResult result) throws IOException {
        out.writeObjectFieldStart("namedScores");
        for (Score score : result.scores()) {
            if (!score.name().equals(PromptfooCodec.TOTAL)) {
                out.writeNumberField(score.name(), score.value());
            }
        }
        out.writeEndObject();
    }

    private void grading(ItemResult result, Score total, boolean success) throws IOException {
        out.writeObjectFieldStart("gradingResult");
        out.writeBooleanField("pass", success);
        out.writeNumberField("score", total.value());
        out.writeStringField("reason", total.reason());
        out.writeArrayFieldStart("componentResults");
        for (Score score : result.scores()) {
            if (!score.name().equals(PromptfooCodec.TOTAL)) {
                out.writeStartObject();
                if (score.passed() != null) {
                    out.writeBooleanField("pass", score.passed());
                }
                out.writeNumberField("score", score.value());
                out.writeStringField("reason", score.reason());
                out.writeObjectFieldStart("assertion");
                out.writeStringField("type", "javascript");
                out.writeStringField("metric", score.name());
                out.writeEndObject();
                out.writeEndObject();
            }
        }
        out.writeEndArray();
        out.writeEndObject();
    }

    @Override
    public void end() throws IOException {
        out.writeEndArray();
        out.writeObjectFieldStart("stats");
        out.writeNumberField("successes", successes);
        out.writeNumberField("failures", failures);
        out.writeNumberField("errors", errors);
        out.writeEndObject();
        out.writeEndObject();
        out.writeNullField("shareableUrl");
        out.writeEndObject();
    }
}
