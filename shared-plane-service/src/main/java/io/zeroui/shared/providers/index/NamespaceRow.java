package io.zeroui.shared.providers.index;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;

/**
 * A namespace that somebody holds.
 *
 * @param namespace which one
 * @param publicKey the key that signs its documents, raw, base64
 * @param kid how the key is named in signatures
 * @param grantedAt since when
 * @param grantedBy who granted it
 * @param reason why
 */
@JsonNaming(SnakeCaseStrategy.class)
public record NamespaceRow(String namespace, String publicKey, String kid, Instant grantedAt, String grantedBy, String reason) {
}
