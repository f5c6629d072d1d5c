package io.zeroui.shared.evaluation.harness;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/**
 * A version of a dataset, suite or gate.
 *
 * @param name its name, unique within the kind
 * @param version from 1
 * @param digest SHA-256 of what it says, {@code sha256:{hex}}
 * @param document what it says
 * @param createdAt when it was written
 * @param createdBy who wrote it
 */
@JsonNaming(SnakeCaseStrategy.class)
public record VersionedDocument(String name, long version, String digest, ObjectNode document, Instant createdAt, String createdBy) {
}
