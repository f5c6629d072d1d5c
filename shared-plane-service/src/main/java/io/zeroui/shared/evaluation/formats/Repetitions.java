package io.zeroui.shared.evaluation.formats;

import java.util.HashMap;
import java.util.Map;

/** Counts how often an item has come, in files that do not say which repetition a result is. */
final class Repetitions {

    private final Map<String, Integer> seen = new HashMap<>();

    /** 1 for the first result of an item in a variant, then 2, 3, …. */
    int next(String variant, String item) {
        return seen.merge(variant + '\0' + item, 1, Integer::sum);
    }
}
