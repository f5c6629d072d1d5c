package io.zeroui.contracts.attestation.dsse;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What SLSA provenance says of a build, of version 0.2 or 1. What the provenance does not say is absent.
 *
 * @param builder the builder's URI
 * @param buildType the URI of how it builds
 * @param source where the source or the build's definition came from
 * @param invocation which run of the builder it was
 * @param materials what the build took in
 */
public record Provenance(@Nullable String builder, @Nullable String buildType, @Nullable String source,
        @Nullable String invocation, int materials) {

    /** The predicate type of version 0.2. */
    public static final String V0_2 = "https://slsa.dev/provenance/v0.2";

    /** The predicate type of version 1. */
    public static final String V1 = "https://slsa.dev/provenance/v1";

    /** Reads a predicate; empty when it is of another type. */
    static Optional<Provenance> of(String predicateType, JsonNode predicate) {
        return switch (predicateType) {
            case V0_2 -> Optional.of(new Provenance(text(predicate.at("/builder/id")), text(predicate.path("buildType")),
                    text(predicate.at("/invocation/configSource/uri")), text(predicate.at("/metadata/buildInvocationId")),
                    predicate.path("materials").size()));
            case V1 -> Optional.of(new Provenance(text(predicate.at("/runDetails/builder/id")),
                    text(predicate.at("/buildDefinition/buildType")), sourceOfV1(predicate.path("buildDefinition")),
                    text(predicate.at("/runDetails/metadata/invocationId")),
                    predicate.at("/buildDefinition/resolvedDependencies").size()));
            default -> Optional.empty();
        };
    }

    /** Builders put the source into the workflow parameter, or it is the first dependency. */
    private static @Nullable String sourceOfV1(JsonNode definition) {
        String workflow = text(definition.at("/externalParameters/workflow/repository"));
        String source = workflow == null ? text(definition.at("/externalParameters/source/uri")) : workflow;
        return source == null ? text(definition.at("/resolvedDependencies/0/uri")) : source;
    }

    private static @Nullable String text(JsonNode value) {
        return value.isTextual() && !value.textValue().isEmpty() ? value.textValue() : null;
    }
}
