package io.zeroui.shared.supplychain.attestation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A trust root: whose attestations are believed.
 *
 * @param version which, from 1; the highest counts
 * @param document SHA-256 in hex of the document that says it
 * @param note why it was set
 * @param setBy which caller set it
 * @param setAt when
 * @param root the document; absent in pages
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrustView(long version, String document, String note, String setBy, Instant setAt, @Nullable JsonNode root) {

    TrustView with(JsonNode read) {
        return new TrustView(version, document, note, setBy, setAt, read);
    }
}
