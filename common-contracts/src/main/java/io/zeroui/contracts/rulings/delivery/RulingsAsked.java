package io.zeroui.contracts.rulings.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.boundaries.Carries;
import io.zeroui.contracts.boundaries.DataClass;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.EventType;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.rulings.RulingsObjection;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What somebody has of the rulings, for whoever has newer ones to send them. It is a report at the same time.
 *
 * @param epoch of the rulings that are believed; 0 for none
 * @param version of them; 0 for none
 * @param stale whether they had expired when this was said
 * @param objection why the last delivery was refused; null where it was not
 * @param detail the same in words
 * @param at when this was said
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
@Carries(DataClass.PLANE_STATE)
@EventType(EventEnvelope.RULINGS_ASKED)
public record RulingsAsked(long epoch, long version, boolean stale, @Nullable RulingsObjection objection, @Nullable String detail,
        Instant at) {

    private static final int MAX_DETAIL = 500;

    public RulingsAsked {
        if (epoch < 0 || version < 0 || at == null || detail != null && detail.length() > MAX_DETAIL) {
            throw new InvalidEvent("a question about rulings without versions or time, or with too many words");
        }
    }
}
