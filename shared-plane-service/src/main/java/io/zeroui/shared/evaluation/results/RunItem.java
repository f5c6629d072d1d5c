package io.zeroui.shared.evaluation.results;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * An item of a run.
 *
 * @param item its id
 * @param tags its tags
 * @param epochs how often it was run
 * @param errors how often that failed
 * @param outcomes a list of {@code epoch}, {@code scores} by name with value, passed and reason, {@code error}, {@code input_sha256},
 *            {@code output_sha256}
 */
public record RunItem(String item, List<String> tags, int epochs, int errors, JsonNode outcomes) {
}
