package io.zeroui.contracts.context;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.boundaries.Carries;
import io.zeroui.contracts.boundaries.DataClass;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventType;
import io.zeroui.contracts.events.InvalidEvent;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the product plane has made of exports. Said now and then without items too: an epoch that nobody has heard of says that everything must
 * come again.
 *
 * @param epoch of the database that keeps what was exported; another one began empty, or somewhere else
 * @param changes how many changes that database has had; fewer than before say that it was restored and lacks the last ones
 * @param items exports, each as it stands now
 */
@JsonNaming(SnakeCaseStrategy.class)
@Carries(DataClass.PLANE_STATE)
@EventType(EventEnvelope.CONTEXT_APPLIED)
public record ContextApplied(UUID epoch, long changes, List<Item> items) {

    public ContextApplied {
        if (epoch == null || changes < 0 || items == null) {
            throw new InvalidEvent("word of exports without an epoch, a count of changes or a list");
        }
        items = List.copyOf(items);
    }

    /**
     * One export.
     *
     * @param tenantId whose
     * @param exportId which
     * @param version of the change that was carried out, or refused
     * @param refusal why it will never be carried out; null where it was
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Carries(DataClass.PLANE_STATE)
    public record Item(String tenantId, UUID exportId, int version, @Nullable String refusal) {

        public Item {
            if (tenantId == null || exportId == null) {
                throw new InvalidEvent("word of an export without tenant or id");
            }
        }
    }
}
