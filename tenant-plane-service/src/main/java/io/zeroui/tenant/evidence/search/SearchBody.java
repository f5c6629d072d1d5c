package io.zeroui.tenant.evidence.search;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The JSON object that a search is asked with. Every member may be missing or null; one that is unknown, twice there or of
 * another type is refused by its name. Refusals are {@link ProblemException}s with status 400 and quote nothing that is not a
 * plain name.
 */
final class SearchBody {

    private static final int MAX_BYTES = 65_536;
    private static final int MAX_DEPTH = 4;
    private static final int MIN_GROUP_KEYS = 1;
    private static final int MAX_GROUP_KEYS = 3;
    private static final int MAX_LIMIT = 500;
    private static final int DEFAULT_LIMIT = 50;
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final Pattern RFC_3339 = Pattern.compile(
            "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");
    private static final ObjectReader JSON = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build().reader();

    private final JsonNode object;

    private SearchBody(JsonNode object) {
        this.object = object;
    }

    /** The body as an object that has none but these members beside the filters. */
    static SearchBody parse(byte @Nullable [] bytes, String... others) {
        if (bytes == null || bytes.length > MAX_BYTES) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR,
                    "The body must be a JSON object of at most " + MAX_BYTES + " bytes");
        }
        JsonNode object = object(bytes);
        Set<String> known = new HashSet<>(List.of(others));
        known.addAll(List.of("from", "to"));
        for (ReceiptFilter filter : ReceiptFilter.values()) {
            known.add(filter.member());
        }
        object.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                throw invalid(name, "is not known here");
            }
        });
        return new SearchBody(object);
    }

    private static JsonNode object(byte[] bytes) {
        try {
            JsonNode node = JSON.readTree(bytes);
            if (node != null && node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, "The body is not JSON, nests too deep or has a member twice"
                    + (at == null ? "" : ", at line " + at.getLineNr() + ", column " + at.getColumnNr()));
        } catch (IOException e) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, "The body is not JSON in UTF-8");
        }
        throw new ProblemException(ErrorCode.VALIDATION_ERROR, "The body must be a JSON object");
    }

    /** The filters. */
    SearchFilters filters() {
        Map<ReceiptFilter, String> equal = new EnumMap<>(ReceiptFilter.class);
        for (ReceiptFilter filter : ReceiptFilter.values()) {
            String value = text(filter.member());
            if (value == null) {
                continue;
            }
            String fault = filter.fault(value);
            if (fault != null) {
                throw invalid(filter.member(), fault);
            }
            equal.put(filter, value);
        }
        return new SearchFilters(time("from"), time("to"), equal);
    }

    /** Most items of a page. */
    int limit() {
        JsonNode value = find("limit");
        if (value == null) {
            return DEFAULT_LIMIT;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < 1 || value.intValue() > MAX_LIMIT) {
            throw invalid("limit", "must be an integer from 1 to " + MAX_LIMIT);
        }
        return value.intValue();
    }

    /** Where the page before ended, unchecked; null for the first page. */
    @Nullable
    String cursor() {
        return text("cursor");
    }

    /** What to count by, in the order of the request. */
    List<GroupKey> groupBy() {
        JsonNode value = find("group_by");
        if (value == null || !value.isArray() || value.size() < MIN_GROUP_KEYS || value.size() > MAX_GROUP_KEYS) {
            throw invalid("group_by", "must be an array of " + MIN_GROUP_KEYS + " to " + MAX_GROUP_KEYS + " names");
        }
        List<GroupKey> keys = new ArrayList<>();
        for (JsonNode name : value) {
            GroupKey key = name.isTextual() ? GroupKey.find(name.textValue()) : null;
            if (key == null || keys.contains(key)) {
                throw invalid("group_by", "must have different names out of " + names());
            }
            keys.add(key);
        }
        return keys;
    }

    /** A refusal of a member. */
    static ProblemException invalid(String member, String rule) {
        String name = PLAIN_NAME.matcher(member).matches() ? member : "(a member whose name is not plain)";
        return new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(), name + " " + rule,
                Map.of("member", name));
    }

    private static String names() {
        List<String> names = new ArrayList<>();
        for (GroupKey key : GroupKey.values()) {
            names.add(key.member());
        }
        return String.join(", ", names);
    }

    private @Nullable JsonNode find(String member) {
        JsonNode value = object.get(member);
        return value == null || value.isNull() ? null : value;
    }

    private @Nullable String text(String member) {
        JsonNode value = find(member);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw invalid(member, "must be a string");
        }
        return value.textValue();
    }

    private @Nullable Instant time(String member) {
        String text = text(member);
        if (text == null) {
            return null;
        }
        try {
            if (RFC_3339.matcher(text).matches()) {
                return OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant().truncatedTo(ChronoUnit.MICROS);
            }
        } catch (DateTimeException e) {
            throw notATime(member);
        }
        throw notATime(member);
    }

    private static ProblemException notATime(String member) {
        return invalid(member, "must be a time of RFC 3339, as in 2026-01-31T12:00:00Z");
    }
}
