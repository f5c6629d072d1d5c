package io.zeroui.shared.supplychain.attestation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An attestation, and what the newest verification found.
 *
 * @param id SHA-256 of the document in hex
 * @param number of the act by which it came; pages are in this order
 * @param changed number of the newest act about it
 * @param size bytes of the document
 * @param form {@code dsse} or {@code sigstore_bundle}
 * @param payloadType type of what an envelope carries
 * @param predicateType what kind of thing it says
 * @param builder who built, as SLSA provenance says; like all that the document says, to be believed when it is verified
 * @param buildType how, as SLSA provenance says
 * @param source from what, as SLSA provenance says
 * @param addedBy which caller brought it
 * @param addedAt when it came
 * @param trustVersion the trust root of the newest verification; 0 for nobody's
 * @param verified what it found
 * @param result its reasons, signers and time of signing
 * @param subjects what it is about, at most 100 of their digests; absent in pages
 * @param links to adapters, emitters and bills of materials; absent in pages
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AttestationView(String id, long number, long changed, long size, String form, @Nullable String payloadType,
        @Nullable String predicateType, @Nullable String builder, @Nullable String buildType, @Nullable String source,
        String addedBy, Instant addedAt, long trustVersion, boolean verified, JsonNode result, @Nullable List<Subject> subjects,
        @Nullable List<LinkView> links) {

    /**
     * A subject by one of its digests.
     *
     * @param digest algorithm, colon, lower-case hex
     * @param name what the attestation calls it; may be empty
     */
    public record Subject(String digest, String name) {
    }

    AttestationView with(List<Subject> about, List<LinkView> linked) {
        return new AttestationView(id, number, changed, size, form, payloadType, predicateType, builder, buildType, source, addedBy,
                addedAt, trustVersion, verified, result, about, linked);
    }

    String tag() {
        return '"' + id.substring(0, 16) + '-' + changed + '"';
    }
}
