package io.zeroui.shared.providers.entries;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.rulings.providers.DataCategory;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a provider promises about data that is given to it.
 *
 * @param accepts the most sensitive data that may be given to it
 * @param retentionDays how long inputs and outputs are kept, 0 for not at all; null where nothing is promised
 * @param training whether they are used for training
 * @param subprocessors who else has them; at most 100 names
 * @param url where the terms are; null for nowhere
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DataTerms(@JsonProperty(required = true) DataCategory accepts, @Nullable Integer retentionDays,
        @JsonProperty(required = true) Boolean training, List<String> subprocessors, @Nullable String url) {

    private static final int MAX_DAYS = 36_500;
    private static final int MAX_SUBPROCESSORS = 100;

    public DataTerms {
        if (accepts == null || training == null || retentionDays != null && (retentionDays < 0 || retentionDays > MAX_DAYS)) {
            throw new IllegalArgumentException("terms say which category they accept and whether data is used for training; retention_days is 0 to "
                    + MAX_DAYS);
        }
        subprocessors = Texts.list("subprocessors", subprocessors, MAX_SUBPROCESSORS);
        Texts.optional("url", url);
    }
}
