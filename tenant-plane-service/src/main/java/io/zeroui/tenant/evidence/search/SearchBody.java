package io.zeroui.tenant.evidence.search;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.tenant.evidence.requests.JsonBody;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The body that a search is asked with. Refusals are {@link ProblemException}s, as {@link JsonBody} says. */
public final class SearchBody {

    private static final int MIN_GROUP_KEYS = 1;
    private static final int MAX_GROUP_KEYS = 3;
    private static final int MAX_LIMIT = 500;
    private static final int DEFAULT_LIMIT = 50;

    private final JsonBody body;

    private SearchBody(JsonBody body) {
        this.body = body;
    }

    /** The body as an object that has none but these members beside the filters. */
    public static SearchBody parse(byte @Nullable [] bytes, String... others) {
        Set<String> known = new HashSet<>(List.of(others));
        known.addAll(List.of("from", "to", SearchText.MEMBER));
        for (ReceiptFilter filter : ReceiptFilter.values()) {
            known.add(filter.member());
        }
        return new SearchBody(JsonBody.parse(bytes, known));
    }

    /** The filters. */
    public SearchFilters filters() {
        Map<ReceiptFilter, String> equal = new EnumMap<>(ReceiptFilter.class);
        for (ReceiptFilter filter : ReceiptFilter.values()) {
            String value = body.text(filter.member());
            if (value == null) {
                continue;
            }
            String fault = filter.fault(value);
            if (fault != null) {
                throw JsonBody.invalid(filter.member(), fault);
            }
            equal.put(filter, value);
        }
        return new SearchFilters(body.time("from"), body.time("to"), equal, SearchText.of(body.text(SearchText.MEMBER)));
    }

    /** Another member that must be a string; null where it is missing. */
    public @Nullable String text(String member) {
        return body.text(member);
    }

    /** Most items of a page. */
    int limit() {
        return body.number("limit", MAX_LIMIT, DEFAULT_LIMIT);
    }

    /** A place in the ledger; null where none is given. */
    @Nullable
    Long sequence(String member) {
        JsonNode value = body.find(member);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw JsonBody.invalid(member, "must be an integer from 0 on");
        }
        return value.longValue();
    }

    /** Where the page before ended, unchecked; null for the first page. */
    @Nullable
    String cursor() {
        return body.text("cursor");
    }

    /** What to count by, in the order of the request. */
    List<GroupKey> groupBy() {
        JsonNode value = body.find("group_by");
        if (value == null || !value.isArray() || value.size() < MIN_GROUP_KEYS || value.size() > MAX_GROUP_KEYS) {
            throw JsonBody.invalid("group_by", "must be an array of " + MIN_GROUP_KEYS + " to " + MAX_GROUP_KEYS + " names");
        }
        List<GroupKey> keys = new ArrayList<>();
        for (JsonNode name : value) {
            GroupKey key = name.isTextual() ? GroupKey.find(name.textValue()) : null;
            if (key == null || keys.contains(key)) {
                throw JsonBody.invalid("group_by", "must have different names out of " + names());
            }
            keys.add(key);
        }
        return keys;
    }

    private static String names() {
        List<String> names = new ArrayList<>();
        for (GroupKey key : GroupKey.values()) {
            names.add(key.member());
        }
        return String.join(", ", names);
    }
}
