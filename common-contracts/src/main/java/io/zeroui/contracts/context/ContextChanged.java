package io.zeroui.contracts.context;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.boundaries.Carries;
import io.zeroui.contracts.boundaries.DataClass;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventType;
import io.zeroui.contracts.events.InvalidEvent;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * How an export of context stands now. An event is the whole of it: of two of one export the one with the higher version counts, whichever comes
 * first.
 *
 * @param tenantId whose
 * @param exportId which, unique for ever
 * @param version {@link #EXPORTED} or {@link #WITHDRAWN}
 * @param export what was exported; null once it is withdrawn
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
@Carries(DataClass.TENANT_CONTEXT)
@EventType(EventEnvelope.CONTEXT_CHANGED)
public record ContextChanged(String tenantId, UUID exportId, int version, @Nullable Export export) {

    /** The version of an export that is there. */
    public static final int EXPORTED = 1;
    /** The version of an export that is withdrawn: the last one. */
    public static final int WITHDRAWN = 2;

    /** Most characters of a redacted text. */
    public static final int CONTENT_MOST = 262_144;
    /** Most characters of a title. */
    public static final int TITLE_MOST = 200;
    /** Most tags of an export. */
    public static final int TAGS_MOST = 32;
    /** Most characters of a tag. */
    public static final int TAG_MOST = 64;

    public ContextChanged {
        if (tenantId == null || exportId == null || version < EXPORTED || version > WITHDRAWN || (export == null) != (version == WITHDRAWN)) {
            throw new InvalidEvent("a change of context without tenant or export, or with a version that does not fit");
        }
    }

    /**
     * Redacted text.
     *
     * @param kind key of a {@link ContextKind}
     * @param title what it is about
     * @param content the text
     * @param tags words to find it by
     * @param exportedAt when
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @Carries(DataClass.TENANT_CONTEXT)
    public record Export(String kind, String title, String content, List<String> tags, Instant exportedAt) {

        public Export {
            if (kind == null || title == null || content == null || tags == null || exportedAt == null || content.length() > CONTENT_MOST
                    || title.length() > TITLE_MOST || tags.size() > TAGS_MOST || tags.stream().anyMatch(tag -> tag.length() > TAG_MOST)) {
                throw new InvalidEvent("an export that lacks something, or has too much of it");
            }
            tags = List.copyOf(tags);
        }
    }
}
