package io.zeroui.contracts.metadata;

import io.zeroui.contracts.metadata.Finding.Kind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * A text without what the metadata-only rule forbids.
 *
 * @param text what is left, with a mark for each place where something was removed
 * @param removed how many places, by what was there; without those of which there are none
 */
public record Redaction(String text, Map<Kind, Integer> removed) {

    public Redaction {
        Map<Kind, Integer> copy = new EnumMap<>(Kind.class);
        copy.putAll(removed);
        removed = Collections.unmodifiableMap(copy);
    }
}
