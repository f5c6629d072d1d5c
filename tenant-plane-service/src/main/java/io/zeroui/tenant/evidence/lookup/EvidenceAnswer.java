package io.zeroui.tenant.evidence.lookup;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.json.InvalidJson;
import io.zeroui.contracts.json.JsonLimits;
import io.zeroui.contracts.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * One receipt of the ledger.
 *
 * @param receipt the receipt, as it is stored; null where the stored bytes are no longer a JSON object
 * @param rawBase64 the stored bytes, without line feed
 * @param index what the ledger knows about it
 */
@JsonNaming(SnakeCaseStrategy.class)
record EvidenceAnswer(@JsonRawValue @Nullable String receipt, @JsonProperty("raw_base64") String rawBase64,
        IndexAnswer index) {

    static EvidenceAnswer of(StoredReceipt stored) {
        return new EvidenceAnswer(json(stored.bytes()), Base64.getEncoder().encodeToString(stored.bytes()),
                IndexAnswer.of(stored.index()));
    }

    private static @Nullable String json(byte[] bytes) {
        try {
            return StrictJson.parseObject(bytes, JsonLimits.RECEIPT).isEmpty() ? "{}"
                    : new String(bytes, StandardCharsets.UTF_8);
        } catch (InvalidJson e) {
            return null;
        }
    }
}
