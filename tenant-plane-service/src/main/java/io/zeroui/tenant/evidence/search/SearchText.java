package io.zeroui.tenant.evidence.search;

import io.zeroui.tenant.evidence.index.WordStore;
import io.zeroui.tenant.evidence.index.WordStore.AskedWord;
import io.zeroui.tenant.evidence.requests.JsonBody;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a search: words that must all be there, {@code -word} for one that must not, and {@code "a badge"} for a badge or tag
 * as a whole. Anything else in it is as good as a blank, as it is in a receipt.
 *
 * @param text as it was asked
 * @param required texts whose words must all be there
 * @param excluded texts of which none may be there with all its words
 */
public record SearchText(String text, List<String> required, List<String> excluded) {

    static final String MEMBER = "text";
    static final int MAX_CHARACTERS = 200;
    /** Most words, those that must not be there included. */
    static final int MAX_WORDS = 16;

    /** Something in quotation marks or something without blanks, perhaps behind a minus. */
    private static final Pattern PART = Pattern.compile("(-?)\"([^\"]*)\"|(-?)(\\S+)");

    public SearchText {
        required = List.copyOf(required);
        excluded = List.copyOf(excluded);
    }

    /**
     * The words of a text.
     *
     * @param required must all be there, the rarest first
     * @param excluded of none of these all may be there
     * @param entries how many receipts have the rarest, at most {@link WordStore#COMMON}
     * @param lead whether receipts are read by the rarest word, or by another filter and then looked up by their words
     */
    record Words(List<String> required, List<List<String>> excluded, int entries, boolean lead) {

        Words {
            required = List.copyOf(required);
            excluded = List.copyOf(excluded);
        }

        /** Whether so many receipts have every word that another filter may be the better way to them. */
        boolean areCommon() {
            return entries >= WordStore.COMMON;
        }

        /** The same, looked up in receipts that are found otherwise. */
        Words following() {
            return new Words(required, excluded, entries, false);
        }
    }

    /** The text of a request; what it may not have is refused with 400. */
    static SearchText parse(String text) {
        if (text.isBlank() || text.length() > MAX_CHARACTERS) {
            throw JsonBody.invalid(MEMBER, "must have 1 to " + MAX_CHARACTERS + " characters");
        }
        if (text.codePoints().anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE)) {
            throw JsonBody.invalid(MEMBER, "must not contain control characters");
        }
        List<String> plain = new ArrayList<>();
        List<String> required = new ArrayList<>();
        List<String> excluded = new ArrayList<>();
        for (Matcher part = PART.matcher(text); part.find();) {
            String badge = part.group(2);
            boolean not = !(badge == null ? part.group(3) : part.group(1)).isEmpty();
            if (badge == null) {
                (not ? excluded : plain).add(part.group(4));
            } else if (!badge.isBlank()) {
                (not ? excluded : required).add(WordStore.whole(badge));
            }
        }
        if (!plain.isEmpty()) {
            required.add(0, String.join(" ", plain));
        }
        return new SearchText(text, required, excluded);
    }

    /** All texts: the required ones first. */
    List<String> all() {
        List<String> all = new ArrayList<>(required);
        all.addAll(excluded);
        return all;
    }

    /**
     * The words that PostgreSQL found in {@link #all}, by place. What has no word counts as if it were not there; a text that has
     * none that must be there, or too many, is refused with 400.
     */
    Words words(Map<Integer, List<AskedWord>> found) {
        Map<String, Integer> must = new LinkedHashMap<>();
        List<List<String>> mustNot = new ArrayList<>();
        found.forEach((place, words) -> {
            if (place < required.size()) {
                words.forEach(word -> must.put(word.word(), word.entries()));
            } else {
                mustNot.add(words.stream().map(AskedWord::word).toList());
            }
        });
        if (must.isEmpty()) {
            throw JsonBody.invalid(MEMBER, "must have a word that receipts can be found by: very common words like \"the\" are not"
                    + " indexed, and words behind a minus only exclude");
        }
        if (must.size() + mustNot.stream().mapToInt(List::size).sum() > MAX_WORDS) {
            throw JsonBody.invalid(MEMBER, "must have at most " + MAX_WORDS + " words");
        }
        List<Map.Entry<String, Integer>> rarestFirst = must.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().thenComparing(Map.Entry::getKey)).toList();
        return new Words(rarestFirst.stream().map(Map.Entry::getKey).toList(), mustNot.stream().distinct().toList(),
                rarestFirst.get(0).getValue(), true);
    }

    /** For null, null. */
    static @Nullable SearchText of(@Nullable String text) {
        return text == null ? null : parse(text);
    }
}
