package io.zeroui.shared.evaluation.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.shared.evaluation.EvaluationProblem;
import io.zeroui.shared.evaluation.comparison.MeanEstimate;
import io.zeroui.shared.evaluation.gates.Criterion;
import io.zeroui.shared.evaluation.model.Score;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a gate says: {@code {"suite":"capitals","confidence":0.95,"valid_for":"P30D","criteria":[…]}}. Criteria are {@code {"kind":"bound","score":"match",
 * "value":0.9,"sure":true}}, {@code {"kind":"no_worse","score":"match","margin":0.02,"sure":true}}, {@code {"kind":"no_regression","score":"match","tag":
 * "critical"}}, {@code {"kind":"errors","share":0.01}} and {@code {"kind":"items","least":100}}.
 *
 * @param suite whose runs it judges
 * @param confidence of its intervals
 * @param validFor how long a verdict counts
 * @param criteria what a run must be like
 */
public record GateDocument(String suite, double confidence, Duration validFor, List<Criterion> criteria) {

    /** How long a verdict counts where the gate does not say. */
    public static final Duration VALID_USUALLY = Duration.ofDays(30);
    private static final Duration VALID_MOST = Duration.ofDays(366);
    private static final double CONFIDENCE_LEAST = 0.5;
    private static final double CONFIDENCE_MOST = 0.9999;
    private static final int TEXT_MOST = 2_000;
    private static final double NUMBER_MOST = 1e12;

    /** The document of a gate as somebody wrote it, checked; 400 otherwise. */
    public static ObjectNode parse(byte[] body) {
        Wish wish = Wish.parse(body, "description", "suite", "confidence", "valid_for", "criteria");
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("description", wish.text("description", TEXT_MOST, ""))
                .put("suite", EvaluationProblem.name("suite", wish.text("suite", Score.NAME_MOST)))
                .put("confidence", wish.has("confidence") ? wish.number("confidence", CONFIDENCE_LEAST, CONFIDENCE_MOST) : MeanEstimate.USUAL_CONFIDENCE)
                .put("valid_for", validFor(wish.text("valid_for", Score.NAME_MOST, VALID_USUALLY.toString())).toString());
        ArrayNode criteria = document.putArray("criteria");
        for (Wish one : wish.list("criteria", "kind", "score", "value", "margin", "tag", "share", "least", "sure")) {
            criteria.add(criterion(one));
        }
        return document;
    }

    private static ObjectNode criterion(Wish wish) {
        String kind = wish.text("kind", Score.NAME_MOST);
        ObjectNode checked = JsonNodeFactory.instance.objectNode().put("kind", kind);
        switch (kind) {
            case "bound" -> checked.put("score", score(wish)).put("value", wish.number("value", -NUMBER_MOST, NUMBER_MOST)).put("sure", wish.truth("sure"));
            case "no_worse" -> checked.put("score", score(wish)).put("margin", wish.number("margin", 0, NUMBER_MOST)).put("sure", wish.truth("sure"));
            case "no_regression" -> {
                checked.put("score", score(wish));
                if (wish.has("tag")) {
                    checked.put("tag", wish.text("tag", Score.NAME_MOST));
                }
            }
            case "errors" -> checked.put("share", wish.number("share", 0, 1));
            case "items" -> checked.put("least", wish.whole("least", 1, Integer.MAX_VALUE));
            default -> throw EvaluationProblem.invalid("criteria.kind", "must be bound, no_worse, no_regression, errors or items");
        }
        wish.object().fieldNames().forEachRemaining(name -> {
            if (!checked.has(name) && wish.has(name)) {
                throw EvaluationProblem.invalid("criteria." + name, "is not for the kind " + kind);
            }
        });
        return checked;
    }

    private static String score(Wish wish) {
        return wish.text("score", Score.NAME_MOST);
    }

    private static Duration validFor(String text) {
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative() && !duration.isZero() && duration.compareTo(VALID_MOST) <= 0) {
                return duration;
            }
        } catch (DateTimeException e) {
            // the same answer as for one that is too long
        }
        throw EvaluationProblem.invalid("valid_for", "must be a duration of ISO 8601 of at most 366 days, as in P30D");
    }

    /** Reads what {@link #parse} made. */
    public static GateDocument of(JsonNode document) {
        List<Criterion> criteria = new ArrayList<>();
        document.path("criteria").forEach(one -> criteria.add(read(one)));
        return new GateDocument(document.path("suite").asText(), document.path("confidence").asDouble(), Duration.parse(document.path("valid_for").asText()),
                criteria);
    }

    private static Criterion read(JsonNode one) {
        String score = one.path("score").asText();
        boolean sure = one.path("sure").asBoolean();
        return switch (one.path("kind").asText()) {
            case "bound" -> new Criterion.Bound(score, one.path("value").asDouble(), sure);
            case "no_worse" -> new Criterion.NoWorse(score, one.path("margin").asDouble(), sure);
            case "no_regression" -> new Criterion.NoRegression(score, one.hasNonNull("tag") ? one.path("tag").asText() : null);
            case "errors" -> new Criterion.Errors(one.path("share").asDouble());
            case "items" -> new Criterion.Items(one.path("least").asInt());
            default -> throw new IllegalStateException("a kept gate has a criterion that is none");
        };
    }
}
