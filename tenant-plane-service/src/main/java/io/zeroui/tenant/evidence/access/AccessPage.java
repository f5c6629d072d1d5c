package io.zeroui.tenant.evidence.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who read a tenant's evidence, newest first.
 *
 * @param nextBefore asks for what is older; absent at the end
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccessPage(List<Item> items, @Nullable Long nextBefore) {

    /**
     * One record.
     *
     * @param id its number
     * @param accessedAt when, of several requests the first
     * @param subject by whom: {@code key:{key id}} or {@code token:{sub}}
     * @param action what was done
     * @param target which receipt or batch, or what was asked for
     * @param requests how often within about a second
     * @param results receipts that the answers had, together
     * @param firstRequestId id of the first of these requests
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Item(long id, Instant accessedAt, String subject, String action, String target, long requests, long results,
            String firstRequestId) {
    }

    public AccessPage {
        items = List.copyOf(items);
    }

    static AccessPage of(List<Item> found, int limit) {
        List<Item> page = found.size() > limit ? found.subList(0, limit) : found;
        return new AccessPage(page, found.size() > limit ? page.get(limit - 1).id() : null);
    }
}
