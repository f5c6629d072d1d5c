package io.zeroui.shared.evaluation.results;

import io.zeroui.contracts.metadata.Redaction;
import io.zeroui.contracts.metadata.Redactor;
import io.zeroui.shared.evaluation.formats.InvalidResults;
import io.zeroui.shared.evaluation.formats.ResultSink;
import io.zeroui.shared.evaluation.guard.TenantDataRule;
import io.zeroui.shared.evaluation.model.ItemResult;
import io.zeroui.shared.evaluation.model.Score;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The results of one run as they come out of a file: checked, without texts that must not be kept, by item and epoch. What tells of a tenant is
 * refused; what the metadata-only rule forbids in reasons is removed, since a model may have said anything.
 */
final class CollectedRun implements ResultSink {

    private static final int REASON_MOST = 1_000;
    private static final long CHARACTERS_MOST = 32L << 20;
    private static final int VARIANTS_MOST = 50;

    private final TreeMap<String, TreeMap<Integer, ItemResult>> items = new TreeMap<>();
    private final TreeSet<String> variants = new TreeSet<>();
    private final @Nullable String wanted;
    private final Map<String, List<String>> tags;
    private final LongConsumer progress;
    private long characters;
    private int results;
    private int removed;
    private int leftOut;

    /**
     * Nothing yet.
     *
     * @param wanted the variant; null where there must be one alone
     * @param tags of fixtures by id, which items with such an id get too
     * @param progress gets how many results there are
     */
    CollectedRun(@Nullable String wanted, Map<String, List<String>> tags, LongConsumer progress) {
        this.wanted = wanted;
        this.tags = tags;
        this.progress = progress;
    }

    @Override
    public void take(ItemResult result) throws InvalidResults {
        if (variants.size() < VARIANTS_MOST) {
            variants.add(result.variant());
        }
        if (wanted != null ? !wanted.equals(result.variant()) : variants.size() > 1) {
            return;
        }
        String place = "item " + (results + 1);
        requireNoTenant(result.item(), place + ", id");
        for (String tag : result.tags()) {
            requireNoTenant(tag, place + ", tags");
        }
        List<Score> scores = new ArrayList<>();
        for (Score score : result.scores()) {
            requireNoTenant(score.name(), place + ", name of a score");
            scores.add(new Score(score.name(), score.value(), score.passed(), kept(score.reason(), place + ", reason of " + score.name())));
        }
        ItemResult clean = new ItemResult(result.item(), result.epoch(), "", scores, tags(result), kept(result.error(), place + ", error"),
                result.input(), result.output());
        if (items.computeIfAbsent(result.item(), none -> new TreeMap<>()).put(result.epoch(), clean) != null) {
            throw new InvalidResults(place, "the item is there twice in one epoch");
        }
        results++;
        progress.accept(results);
    }

    private List<String> tags(ItemResult result) {
        List<String> ofFixture = tags.getOrDefault(result.item(), List.of());
        return ofFixture.isEmpty() ? result.tags() : Stream.concat(ofFixture.stream(), result.tags().stream()).distinct().toList();
    }

    /** An id, tag or name stands as it is, or not at all. */
    private static void requireNoTenant(String text, String place) throws InvalidResults {
        TenantDataRule.Found found = TenantDataRule.find(text).orElse(null);
        if (found != null) {
            throw new InvalidResults(place, "tenants' data must not be in results: " + found.what());
        }
        if (!isPlain(text)) {
            throw new InvalidResults(place, "there is a NUL or half a character in it");
        }
    }

    private String kept(String text, String place) throws InvalidResults {
        if (text.isEmpty()) {
            return text;
        }
        TenantDataRule.Found found = TenantDataRule.findMark(text).orElse(null);
        if (found != null) {
            throw new InvalidResults(place, "tenants' data must not be in results: " + found.what());
        }
        String cut = text.length() <= REASON_MOST ? text : text.substring(0, REASON_MOST);
        Redaction redaction = Redactor.redact(isPlain(cut) ? cut : plain(cut));
        removed += redaction.removed().values().stream().mapToInt(Integer::intValue).sum();
        characters += redaction.text().length();
        if (characters > CHARACTERS_MOST) {
            leftOut++;
            return "";
        }
        return redaction.text();
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isPair = Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == 0 || Character.isSurrogate(c) && !isPair) {
                return false;
            }
            i += isPair ? 1 : 0;
        }
        return true;
    }

    private static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        text.codePoints().forEach(c -> plain.appendCodePoint(c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c));
        return plain.toString();
    }

    /**
     * The epochs of each item, in order.
     *
     * @throws InvalidResults when there is none, or several runs and none was chosen
     */
    List<List<ItemResult>> items() throws InvalidResults {
        if (wanted == null && variants.size() > 1) {
            throw new InvalidResults("", "the file has several runs; choose a variant of: " + String.join(", ", variants));
        }
        if (items.isEmpty()) {
            throw new InvalidResults("", "the file has no such variant; it has: " + String.join(", ", variants));
        }
        return items.values().stream().map(epochs -> List.copyOf(epochs.values())).toList();
    }

    /** Which variant was taken. */
    String variant() {
        return wanted != null ? wanted : variants.isEmpty() ? "" : variants.first();
    }

    int results() {
        return results;
    }

    /** How many places in reasons were removed. */
    int removed() {
        return removed;
    }

    /** How many reasons were left out, since there was too much text before them. */
    int leftOut() {
        return leftOut;
    }
}
