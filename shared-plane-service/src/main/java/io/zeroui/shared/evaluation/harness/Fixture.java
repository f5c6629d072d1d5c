package io.zeroui.shared.evaluation.harness;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * A fixture of a dataset, without its texts.
 *
 * @param fixture its id, that of the item which a run has of it
 * @param contentSha256 SHA-256 of its canonical JSON, hex
 * @param tags by which gates and readers choose items
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Fixture(String fixture, String contentSha256, List<String> tags) {
}
