package io.zeroui.shared.supplychain.attestation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One page, newest first.
 *
 * @param items of the page
 * @param nextCursor where the next page starts; absent on the last one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Page<T>(List<T> items, @JsonProperty("next_cursor") @Nullable String nextCursor) {

    /** A page of what was found, which is one more than the limit where there are more. */
    static <T> Page<T> of(List<T> found, int limit, ToLongFunction<T> number) {
        boolean more = found.size() > limit;
        List<T> items = List.copyOf(more ? found.subList(0, limit) : found);
        return new Page<>(items, more ? Long.toString(number.applyAsLong(items.get(limit - 1))) : null);
    }
}
