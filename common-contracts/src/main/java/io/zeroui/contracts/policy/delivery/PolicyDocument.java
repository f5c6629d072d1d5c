package io.zeroui.contracts.policy.delivery;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.boundaries.Carries;
import io.zeroui.contracts.boundaries.DataClass;
import io.zeroui.contracts.events.InvalidEvent;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One document on its way.
 *
 * @param kind what it is
 * @param name of a policy its path among the targets, of the others nothing
 * @param version of a root its version, of the others 0
 * @param base SHA-256 in hex of the document that {@code text} is a delta to (RFC 6902); null where it is the document itself
 * @param text UTF-8 of the document or the delta, JSON
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
@Carries(DataClass.POLICY)
public record PolicyDocument(Kind kind, String name, long version, @Nullable String base, String text) {

    /** What a document is. */
    public enum Kind {
        ROOT,
        TIMESTAMP,
        SNAPSHOT,
        TARGETS,
        POLICY
    }

    public PolicyDocument {
        if (kind == null || name == null || text == null) {
            throw new InvalidEvent("a document without kind, name or text");
        }
    }

    /** A whole document. */
    static PolicyDocument whole(Kind kind, String name, long version, byte[] bytes) {
        return new PolicyDocument(kind, name, version, null, new String(bytes, StandardCharsets.UTF_8));
    }

    /** Its text as bytes. */
    @JsonIgnore
    public byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
