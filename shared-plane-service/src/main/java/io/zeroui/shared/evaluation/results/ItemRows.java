package io.zeroui.shared.evaluation.results;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.shared.evaluation.comparison.ItemValues;
import io.zeroui.shared.evaluation.model.ItemResult;
import io.zeroui.shared.evaluation.model.Score;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What items come to in tables. */
final class ItemRows {

    private ItemRows() {
    }

    /** The scores of items by name: of each item one value for each epoch that has one. */
    static TreeMap<String, List<ItemValues>> scores(List<List<ItemResult>> items) {
        TreeMap<String, List<ItemValues>> all = new TreeMap<>();
        for (List<ItemResult> epochs : items) {
            Map<String, List<Score>> byName = new LinkedHashMap<>();
            for (ItemResult epoch : epochs) {
                epoch.scores().forEach(score -> byName.computeIfAbsent(score.name(), none -> new ArrayList<>()).add(score));
            }
            byName.forEach((name, scores) -> all.computeIfAbsent(name, none -> new ArrayList<>())
                    .add(new ItemValues(epochs.get(0).item(), scores.stream().map(Score::value).toList(), passes(scores), epochs.get(0).tags())));
        }
        return all;
    }

    /** -1 where the grader is silent in any epoch. */
    private static int passes(List<Score> scores) {
        int passes = 0;
        for (Score score : scores) {
            Boolean passed = score.passed();
            if (passed == null) {
                return -1;
            }
            passes += passed ? 1 : 0;
        }
        return passes;
    }

    /** Rows of {@code app.evaluation_items} as a list of JSON objects. */
    static ArrayNode items(List<List<ItemResult>> items) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (List<ItemResult> epochs : items) {
            ObjectNode row = rows.addObject().put("item", epochs.get(0).item()).put("epochs", epochs.size())
                    .put("errors", epochs.stream().filter(epoch -> !epoch.error().isEmpty()).count());
            ArrayNode tags = row.putArray("tags");
            epochs.get(0).tags().forEach(tags::add);
            ArrayNode outcomes = row.putArray("outcomes");
            epochs.forEach(epoch -> outcomes.add(outcome(epoch)));
        }
        return rows;
    }

    /** Rows of {@code app.evaluation_scores}. */
    static ArrayNode scores(String name, List<ItemValues> items) {
        ArrayNode rows = JsonNodeFactory.instance.arrayNode();
        for (ItemValues item : items) {
            ObjectNode row = rows.addObject().put("score", name).put("item", item.item()).put("passes", item.passes());
            item.values().forEach(row.putArray("readings")::add);
            item.tags().forEach(row.putArray("tags")::add);
        }
        return rows;
    }

    private static ObjectNode outcome(ItemResult epoch) {
        ObjectNode outcome = JsonNodeFactory.instance.objectNode().put("epoch", epoch.epoch());
        ObjectNode scores = outcome.putObject("scores");
        for (Score score : epoch.scores()) {
            ObjectNode one = scores.putObject(score.name()).put("value", score.value());
            if (score.passed() != null) {
                one.put("passed", score.passed());
            }
            if (!score.reason().isEmpty()) {
                one.put("reason", score.reason());
            }
        }
        if (!epoch.error().isEmpty()) {
            outcome.put("error", epoch.error());
        }
        put(outcome, "input_sha256", epoch.input());
        put(outcome, "output_sha256", epoch.output());
        return outcome;
    }

    private static void put(ObjectNode outcome, String name, @Nullable Hash hash) {
        if (hash != null) {
            outcome.put(name, hash.hex());
        }
    }
}
