package io.zeroui.shared.providers.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.problems.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/** Pages by key, and answers that say whether they are the same as before. */
final class Pages {

    private static final int LIMIT_MOST = 1_000;
    private static final int LIMIT_USUAL = 100;

    private Pages() {
    }

    /**
     * One page.
     *
     * @param items in the order of their keys
     * @param next what {@code after} must be for the page behind; absent where there is none
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Page<T>(List<T> items, @Nullable String next) {
    }

    /** How many, 1 to 1,000, 100 where that is not said. */
    static int limit(@Nullable Integer limit) {
        int wanted = limit == null ? LIMIT_USUAL : limit;
        if (wanted < 1 || wanted > LIMIT_MOST) {
            throw wrong("limit", "limit must be 1 to " + LIMIT_MOST);
        }
        return wanted;
    }

    /** A page of rows of which one more than the limit was asked for. */
    static <T> Page<T> of(List<T> rows, int limit, Function<T, String> key) {
        return rows.size() <= limit ? new Page<>(rows, null) : new Page<>(rows.subList(0, limit), key.apply(rows.get(limit - 1)));
    }

    /** The answer with its tag; 304 where the caller has it. */
    static <T> RestResponse<T> tagged(T answer, @Nullable String known) {
        String tag = "\"" + Hash.of(EventJson.write(answer)).hex().substring(0, 32) + "\"";
        return (tag.equals(known) ? RestResponse.ResponseBuilder.<T> create(RestResponse.Status.NOT_MODIFIED) : RestResponse.ResponseBuilder.ok(answer))
                .header("ETag", tag).build();
    }

    /** A body or member that must be there. */
    static <T> T required(String member, @Nullable T value) {
        if (value == null) {
            throw wrong(member, member + " is required");
        }
        return value;
    }

    /** Reads a member. */
    static <T> T read(String member, Function<String, T> reader, String value) {
        try {
            return reader.apply(value);
        } catch (IllegalArgumentException e) {
            throw wrong(member, String.valueOf(e.getMessage()));
        }
    }

    static ProblemException wrong(String member, String detail) {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(), detail, Map.of("member", member));
    }

    static ProblemException missing(String what) {
        return new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, "There is no " + what);
    }
}
