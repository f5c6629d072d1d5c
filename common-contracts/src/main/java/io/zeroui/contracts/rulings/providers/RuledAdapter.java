package io.zeroui.contracts.rulings.providers;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.rulings.names.NamePattern;
import io.zeroui.contracts.rulings.names.ResourceName;
import io.zeroui.contracts.rulings.names.VersionRange;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decision must know of an adapter.
 *
 * @param name which one
 * @param versions all of them
 */
@JsonNaming(SnakeCaseStrategy.class)
public record RuledAdapter(@JsonProperty(required = true) String name, @JsonProperty(required = true) List<Version> versions) {

    public RuledAdapter {
        ResourceName.require(name);
        versions = List.copyOf(versions);
    }

    /**
     * A version of it.
     *
     * @param version which one
     * @param standing how it stands
     * @param sunset from when it must not be used any more; null for never
     * @param sha256 of its artifact, 64 lower-case hex digits
     * @param fits the models that it works with
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Version(@JsonProperty(required = true) String version, @JsonProperty(required = true) Standing standing,
            @Nullable Instant sunset, @JsonProperty(required = true) String sha256, @JsonProperty(required = true) List<Fit> fits)
            implements RuledVersion {

        public Version {
            ResourceName.requireVersion(version);
            if (standing == null || !Hash.parse(sha256).hex().equals(sha256)) {
                throw new IllegalArgumentException("a version of an adapter without standing or SHA-256");
            }
            fits = List.copyOf(fits);
        }
    }

    /**
     * Models that an adapter works with.
     *
     * @param model {@link NamePattern} of their names
     * @param versions {@link VersionRange} of their versions
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Fit(@JsonProperty(required = true) String model, @JsonProperty(required = true) String versions) {

        public Fit {
            if (NamePattern.parse(model) == null || VersionRange.parse(versions) == null) {
                throw new IllegalArgumentException("a compatibility without model or versions");
            }
        }
    }
}
