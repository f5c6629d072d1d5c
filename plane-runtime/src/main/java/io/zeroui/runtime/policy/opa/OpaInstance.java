package io.zeroui.runtime.policy.opa;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an OPA said last.
 *
 * @param id its own, new at each of its starts
 * @param version of OPA; absent where it did not say
 * @param labels what it is called beside, at most 16
 * @param bundles by the names that its own configuration gives them
 * @param saidAt when this plane heard it
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OpaInstance(String id, @Nullable String version, Map<String, String> labels, Map<String, Bundle> bundles, Instant saidAt) {

    public OpaInstance {
        labels = Map.copyOf(labels);
        bundles = Map.copyOf(bundles);
    }

    /**
     * A bundle of it.
     *
     * @param activeRevision of the manifest of the bundle that it decides by; absent for none
     * @param lastSuccessfulDownload absent for never
     * @param lastSuccessfulActivation absent for never
     * @param code why the last bundle is not active; absent where it is
     * @param message the same in words, at most 500 characters
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Bundle(@Nullable String activeRevision, @Nullable Instant lastSuccessfulDownload, @Nullable Instant lastSuccessfulActivation,
            @Nullable String code, @Nullable String message) {
    }
}
