package io.zeroui.contracts.metadata;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.zeroui.contracts.metadata.Finding.Kind;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Removes source code, secrets and personal data from a text, by {@link MetadataOnlyRule}: what is left passes it as a whole. Of what is forbidden
 * the smallest part goes that is forbidden by itself: a word, a sentence, a line, a paragraph. Source code goes by paragraphs, because a line of it
 * may look like plain words; fenced code goes whatever it is.
 */
public final class Redactor {

    private static final Pattern FENCE = Pattern.compile("(?m)^[ \\t>*+-]{0,40}(```|~~~)");
    private static final Pattern KEY_BEGIN = Pattern.compile("-{2,5} ?BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY");
    private static final Pattern KEY_END = Pattern.compile("-{2,5} ?END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-{0,5}");
    private static final Pattern INVISIBLE = Pattern.compile("\\p{Cf}+");
    private static final Pattern PARAGRAPH_END = Pattern.compile("\\R[ \\t]{0,80}\\R\\s{0,200}");
    /** Ends of lines, of sentences, of words. */
    private static final List<Pattern> PART_ENDS = List.of(Pattern.compile("\\R"), Pattern.compile("(?<=[.!?;])\\s{1,200}"), Pattern.compile("\\s{1,200}"));
    /** More paragraphs than this are not removed one by one that are forbidden together only: then nothing is left. */
    private static final int TOGETHER_MOST = 16;

    private final Map<Kind, Integer> removed = new EnumMap<>(Kind.class);

    private Redactor() {
    }

    /** A text without what is forbidden. */
    public static Redaction redact(String text) {
        Redactor redactor = new Redactor();
        String left = redactor.paragraphs(redactor.withoutFences(redactor.withoutKeys(unmasked(text))));
        return new Redaction(left, redactor.removed);
    }

    /** Whether the rule finds nothing in a text. */
    public static boolean isClean(String text) {
        return find(text) == null;
    }

    private static @Nullable Finding find(String text) {
        return MetadataOnlyRule.find(JsonNodeFactory.instance.textNode(text));
    }

    /** What is written with look-alikes or invisible characters is redacted as what it says. */
    private static String unmasked(String text) {
        String plain = INVISIBLE.matcher(Normalizer.normalize(text, Normalizer.Form.NFKC)).replaceAll("");
        return plain.equals(text) || isClean(plain) ? text : plain;
    }

    /** A private key is secret from its first line to its last, whatever the lines between look like; one that does not end, to the end of the text. */
    private String withoutKeys(String text) {
        StringBuilder left = new StringBuilder();
        Matcher begin = KEY_BEGIN.matcher(text);
        Matcher end = KEY_END.matcher(text);
        int from = 0;
        while (from < text.length()) {
            boolean begins = begin.find(from);
            boolean ends = end.find(from);
            if (!begins && !ends) {
                break;
            }
            int start = begins && (!ends || begin.start() < end.start()) ? begin.start() : from; // an end alone ends what was cut off before
            left.append(text, from, start).append(mark(Kind.SECRET));
            from = ends ? end.end() : text.length();
        }
        return left.append(text, from, text.length()).toString();
    }

    /** A fence that nobody closes hides all that follows. */
    private String withoutFences(String text) {
        StringBuilder left = new StringBuilder();
        Matcher fence = FENCE.matcher(text);
        int from = 0;
        while (fence.find(from)) {
            left.append(text, from, fence.start()).append(mark(Kind.SOURCE_CODE));
            String fenced = fence.group(1);
            int closed = text.length();
            while (fence.find()) {
                if (fence.group(1).equals(fenced)) {
                    int end = text.indexOf('\n', fence.end());
                    closed = end < 0 ? text.length() : end;
                    break;
                }
            }
            from = closed;
        }
        return left.append(text, from, text.length()).toString();
    }

    /** Every even element is a paragraph, every odd one what is between two. */
    private String paragraphs(String text) {
        if (isClean(text)) {
            return text;
        }
        List<String> parts = split(text, PARAGRAPH_END);
        for (int i = 0; i < parts.size(); i += 2) {
            parts.set(i, paragraph(parts.get(i)));
        }
        for (int turn = 0; turn < TOGETHER_MOST; turn++) {
            Finding finding = find(String.join("", parts));
            if (finding == null) {
                return String.join("", parts);
            }
            parts.set(firstForbidden(parts), mark(finding.kind()));
        }
        String left = String.join("", parts);
        Finding finding = find(left);
        return finding == null ? left : mark(finding.kind());
    }

    /** The paragraph with which the text begins to be forbidden. */
    private static int firstForbidden(List<String> parts) {
        int clean = 0; // so many paragraphs from the beginning are clean together
        int forbidden = (parts.size() + 1) / 2;
        while (forbidden - clean > 1) {
            int middle = (clean + forbidden) >>> 1;
            if (isClean(String.join("", parts.subList(0, middle * 2 - 1)))) {
                clean = middle;
            } else {
                forbidden = middle;
            }
        }
        return (forbidden - 1) * 2;
    }

    private String paragraph(String text) {
        int code = removed.getOrDefault(Kind.SOURCE_CODE, 0);
        String left = part(text, 0);
        boolean hasCode = removed.getOrDefault(Kind.SOURCE_CODE, 0) > code;
        if (!hasCode) {
            return left;
        }
        removed.put(Kind.SOURCE_CODE, code);
        return mark(Kind.SOURCE_CODE);
    }

    private String part(String text, int level) {
        Finding finding = find(text);
        if (finding == null) {
            return text;
        }
        if (level == PART_ENDS.size() || finding.kind() == Kind.SOURCE_CODE) {
            return mark(finding.kind());
        }
        Map<Kind, Integer> before = new EnumMap<>(removed);
        List<String> parts = split(text, PART_ENDS.get(level));
        for (int i = 0; i < parts.size(); i += 2) {
            parts.set(i, part(parts.get(i), level + 1));
        }
        String left = String.join("", parts);
        Finding together = find(left);
        if (together == null) {
            return left;
        }
        removed.clear();
        removed.putAll(before);
        return mark(together.kind());
    }

    private static List<String> split(String text, Pattern ends) {
        List<String> parts = new ArrayList<>();
        Matcher end = ends.matcher(text);
        int from = 0;
        while (end.find()) {
            parts.add(text.substring(from, end.start()));
            parts.add(end.group());
            from = end.end();
        }
        parts.add(text.substring(from));
        return parts;
    }

    private String mark(Kind kind) {
        removed.merge(kind, 1, Integer::sum);
        return switch (kind) {
            case SOURCE_CODE -> "[code removed]";
            case SECRET -> "[secret removed]";
            case PERSONAL_DATA -> "[personal data removed]";
        };
    }
}
