package io.zeroui.shared.evaluation.model;

import io.zeroui.contracts.receipts.Hash;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one item in one epoch. The texts that went in and came out are not in it, only their hashes: this plane has metadata.
 *
 * @param item id of the item, the same in every run of the suite, 1 to 300 characters
 * @param epoch which repetition, from 1
 * @param variant of which of several runs in one file the item is, for example a provider and a prompt; empty where a file has one
 * @param scores in the order of the file, names unique
 * @param tags by which gates and readers choose items
 * @param error what failed, in words; empty where nothing did
 * @param input SHA-256 of what went in; null where that is not known
 * @param output SHA-256 of what came out; null where that is not known
 */
public record ItemResult(String item, int epoch, String variant, List<Score> scores, List<String> tags, String error, @Nullable Hash input,
        @Nullable Hash output) {

    /** Longest id of an item, in characters. */
    public static final int ITEM_MOST = 300;

    public ItemResult {
        scores = List.copyOf(scores);
        tags = List.copyOf(tags);
        if (item.isBlank() || item.length() > ITEM_MOST) {
            throw new IllegalArgumentException("the id of an item has 1 to " + ITEM_MOST + " characters");
        }
        if (epoch < 1) {
            throw new IllegalArgumentException("epochs count from 1");
        }
        if (scores.stream().map(Score::name).distinct().count() != scores.size()) {
            throw new IllegalArgumentException("an item has one score of a name in an epoch");
        }
    }
}
