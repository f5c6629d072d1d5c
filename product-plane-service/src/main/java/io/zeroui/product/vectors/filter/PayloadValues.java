package io.zeroui.product.vectors.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is read out of payloads, in the same way by filters and indexes: values at a path, words of a text, times. */
public final class PayloadValues {

    private static final Pattern BETWEEN_WORDS =
            Pattern.compile("[^a-z0-9\\x{c0}-\\x{1fff}\\x{2070}-\\x{2fff}\\x{3040}-\\x{10ffff}]+");
    /** {@code app.vector_time} has the same form. */
    private static final Pattern TIME = Pattern.compile("(?!0000)(\\d{4}-\\d\\d-\\d\\d)(?:[Tt ]((?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d)?)"
            + "(?:(?<=:\\d\\d:\\d\\d)(\\.\\d{1,9}))?([Zz]|[+-](?:0\\d|1[0-5]):?[0-5]\\d)?)?");

    private PayloadValues() {
    }

    /** The values at a path; arrays on the way are looked into, one that is there itself is one value. */
    public static List<JsonNode> at(JsonNode payload, KeyPath path) {
        List<JsonNode> values = List.of(payload);
        for (String name : path.names()) {
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode value : values) {
                for (JsonNode one : value.isArray() ? value : List.of(value)) {
                    JsonNode member = one.isObject() ? one.get(name) : null;
                    if (member != null) {
                        next.add(member);
                    }
                }
            }
            values = next;
        }
        return values;
    }

    /** The same, and of arrays that are there their elements. */
    public static List<JsonNode> elements(JsonNode payload, KeyPath path) {
        List<JsonNode> elements = new ArrayList<>();
        at(payload, path).forEach(value -> {
            if (value.isArray()) {
                value.forEach(elements::add);
            } else {
                elements.add(value);
            }
        });
        return elements;
    }

    /** The words of a text, each once, in lower case: runs of letters and digits; {@code app.vector_words} finds the same. */
    public static Set<String> words(String text) {
        Set<String> words = new LinkedHashSet<>();
        String lower = text.codePoints().map(Character::toLowerCase)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
        for (String word : BETWEEN_WORDS.split(lower)) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    /** The time that a text says, to the microsecond; a date is its first moment, a time without an offset is in UTC. */
    public static Optional<Instant> time(String text) {
        Matcher form = TIME.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            if (form.group(2) == null) {
                return Optional.of(LocalDate.parse(form.group(1)).atStartOfDay().toInstant(ZoneOffset.UTC));
            }
            String fraction = form.group(3) == null ? "" : form.group(3).substring(0, Math.min(7, form.group(3).length()));
            LocalDateTime local = LocalDateTime.parse(form.group(1) + 'T' + form.group(2) + fraction);
            String offset = form.group(4) == null ? "Z" : form.group(4).toUpperCase(Locale.ROOT);
            return Optional.of(local.toInstant(ZoneOffset.of(offset)));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
