package io.zeroui.contracts.rulings.providers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.rulings.names.NamePattern;
import io.zeroui.contracts.rulings.names.ResourceName;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decision must know of a model, or of a tool.
 *
 * @param name which one, below its provider
 * @param versions all of them
 */
@JsonNaming(SnakeCaseStrategy.class)
public record RuledModel(@JsonProperty(required = true) String name, @JsonProperty(required = true) List<Version> versions) {

    public RuledModel {
        ResourceName.require(name);
        versions = List.copyOf(versions);
    }

    /**
     * A version of it.
     *
     * @param version which one
     * @param standing how it stands, its provider's standing counted in
     * @param sunset from when it must not be used any more; null for never
     * @param regions patterns of the regions in which it is offered
     * @param accepts the most sensitive data that its terms let it have
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Version(@JsonProperty(required = true) String version, @JsonProperty(required = true) Standing standing,
            @Nullable Instant sunset, @JsonProperty(required = true) List<String> regions,
            @JsonProperty(required = true) DataCategory accepts) implements RuledVersion {

        private static final int MAX_REGIONS = 200;

        public Version {
            ResourceName.requireVersion(version);
            if (standing == null || accepts == null) {
                throw new IllegalArgumentException("a version of a model without standing or category");
            }
            regions = List.copyOf(regions);
            if (regions.stream().map(NamePattern::parse).count() > MAX_REGIONS) {
                throw new IllegalArgumentException("a version of a model is offered in at most " + MAX_REGIONS + " patterns of regions");
            }
        }
    }
}
