package io.zeroui.tenant.evidence.search;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which receipts are meant: those that meet all of it.
 *
 * @param from the earliest time of a receipt, in whole microseconds as the index has them; null for no bound
 * @param to the time from which on receipts are too late; null for no bound
 * @param equal the values that receipts must have
 * @param text words of their rationale and badges; null for any
 */
public record SearchFilters(@Nullable Instant from, @Nullable Instant to, Map<ReceiptFilter, String> equal,
        @Nullable SearchText text) {

    public SearchFilters {
        EnumMap<ReceiptFilter, String> ordered = new EnumMap<>(ReceiptFilter.class);
        ordered.putAll(equal);
        equal = Collections.unmodifiableMap(ordered);
    }

    /** The filters in words, for the record of who searched for what; not the text: it may be a name, and records stay. */
    public String words() {
        StringBuilder text = new StringBuilder();
        add(text, "from", from);
        add(text, "to", to);
        equal.forEach((filter, value) -> add(text, filter.member(), value));
        add(text, SearchText.MEMBER, this.text == null ? null : "(" + this.text.text().length() + " characters)");
        return text.toString();
    }

    /** The filters as members of a request that asks for the same. */
    public Map<String, String> members() {
        Map<String, String> members = new LinkedHashMap<>();
        if (from != null) {
            members.put("from", from.toString());
        }
        if (to != null) {
            members.put("to", to.toString());
        }
        equal.forEach((filter, value) -> members.put(filter.member(), value));
        if (text != null) {
            members.put(SearchText.MEMBER, text.text());
        }
        return members;
    }

    private static void add(StringBuilder text, String name, @Nullable Object value) {
        if (value != null) {
            text.append(text.length() == 0 ? "" : " ").append(name).append('=').append(value);
        }
    }

    /** A text that two filters have in common only when they are the same. */
    String canonical() {
        StringBuilder text = new StringBuilder().append(from).append('\n').append(to);
        equal.forEach((filter, value) -> text.append('\n').append(filter.member()).append('=').append(value));
        return text.append(this.text == null ? "" : '\n' + SearchText.MEMBER + '=' + this.text.text()).toString();
    }
}
