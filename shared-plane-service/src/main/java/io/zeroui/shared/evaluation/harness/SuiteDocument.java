package io.zeroui.shared.evaluation.harness;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.shared.evaluation.EvaluationProblem;
import io.zeroui.shared.evaluation.model.Direction;
import io.zeroui.shared.evaluation.model.Score;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a suite says: {@code {"description":"…","dataset":"capitals","dataset_digest":"sha256:…","graders":[{"name":"match","kind":"exact","direction":
 * "higher_is_better","config_digest":"sha256:…"}]}}. The digest pins the version of the dataset.
 */
public final class SuiteDocument {

    private static final int TEXT_MOST = 2_000;
    private static final List<String> KINDS = List.of("exact", "pattern", "model", "human", "program", "measure", "other");

    private SuiteDocument() {
    }

    /** The suite's wish without a dataset's digest, checked; 400 otherwise. */
    public static ObjectNode parse(byte[] body) {
        Wish wish = Wish.parse(body, "description", "dataset", "dataset_version", "graders");
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("description", wish.text("description", TEXT_MOST, ""));
        if (wish.has("dataset")) {
            document.put("dataset", EvaluationProblem.name("dataset", wish.text("dataset", Score.NAME_MOST)));
            if (wish.has("dataset_version")) {
                document.put("dataset_version", wish.whole("dataset_version", 1, Long.MAX_VALUE));
            }
        }
        ArrayNode graders = document.putArray("graders");
        Set<String> names = new HashSet<>();
        for (Wish one : wish.list("graders", "name", "kind", "direction", "config_digest")) {
            String name = one.text("name", Score.NAME_MOST);
            if (!names.add(name)) {
                throw EvaluationProblem.invalid("graders", "must have names of their own");
            }
            String kind = one.text("kind", Score.NAME_MOST, "other");
            if (!KINDS.contains(kind)) {
                throw EvaluationProblem.invalid("graders.kind", "must be one of " + String.join(", ", KINDS));
            }
            ObjectNode grader = graders.addObject().put("name", name).put("kind", kind).put("direction", direction(one).key());
            if (one.has("config_digest")) {
                grader.put("config_digest", EvaluationProblem.digest("graders.config_digest", one.text("config_digest", Score.NAME_MOST)));
            }
        }
        return document;
    }

    private static Direction direction(Wish grader) {
        String key = grader.text("direction", Score.NAME_MOST, Direction.HIGHER_IS_BETTER.key());
        for (Direction direction : Direction.values()) {
            if (direction.key().equals(key)) {
                return direction;
            }
        }
        throw EvaluationProblem.invalid("graders.direction", "must be higher_is_better or lower_is_better");
    }

    /** Which end of each score is the good one. */
    public static Map<String, Direction> directions(JsonNode document) {
        Map<String, Direction> directions = new HashMap<>();
        document.path("graders").forEach(grader -> directions.put(grader.path("name").asText(),
                grader.path("direction").asText().equals(Direction.LOWER_IS_BETTER.key()) ? Direction.LOWER_IS_BETTER : Direction.HIGHER_IS_BETTER));
        return directions;
    }
}
