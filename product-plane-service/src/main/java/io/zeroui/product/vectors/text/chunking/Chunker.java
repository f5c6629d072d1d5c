package io.zeroui.product.vectors.text.chunking;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts texts into chunks. All chunks together are the whole text, each has at most so much as it may, and where it can be no sentence is cut, no word,
 * and never a character that is written with several code points. A paragraph's end ends a chunk that is at least half full.
 */
public final class Chunker {

    private static final Pattern PARAGRAPH_END = Pattern.compile("\\R[ \\t]{0,80}\\R\\s{0,80}\\z");

    private static final int SENTENCES = 0;
    private static final int WORDS = 1;
    private static final int CODE_POINTS = 3;

    private final String text;
    private final ChunkSize size;
    /** Where parts end that are not cut any more. */
    private final List<Integer> ends = new ArrayList<>();
    /** How long all parts up to that end are together, each counted for itself. */
    private final List<Integer> lengths = new ArrayList<>();

    private Chunker(String text, ChunkSize size) {
        this.text = text;
        this.size = size;
    }

    /** The chunks of a text, in its order; none of an empty one. */
    public static List<Chunk> chunks(String text, ChunkSize size) {
        Chunker chunker = new Chunker(text, size);
        chunker.cut(0, text.length(), SENTENCES);
        return chunker.packed();
    }

    /** Sentences, then words, then characters, then code points. */
    private void cut(int from, int to, int level) {
        if (from == to) {
            return;
        }
        int length = size.of(text.subSequence(from, to));
        if (level > SENTENCES && length <= size.most() && to - from <= size.charactersMost()) {
            part(to, length);
            return;
        }
        if (level == CODE_POINTS) {
            halve(from, to);
            return;
        }
        BreakIterator breaks = switch (level) {
            case SENTENCES -> BreakIterator.getSentenceInstance(Locale.ROOT);
            case WORDS -> BreakIterator.getLineInstance(Locale.ROOT);
            default -> BreakIterator.getCharacterInstance(Locale.ROOT);
        };
        breaks.setText(text.substring(from, to));
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
            cut(from + start, from + end, level + 1);
            start = end;
        }
    }

    /** One character that is longer than a chunk may be. */
    private void halve(int from, int to) {
        int middle = text.offsetByCodePoints(from, Math.max(1, text.codePointCount(from, to) / 2));
        if (middle >= to) {
            part(to, size.of(text.subSequence(from, to)));
            return;
        }
        cut(from, middle, CODE_POINTS);
        cut(middle, to, CODE_POINTS);
    }

    private void part(int end, int length) {
        lengths.add(length(0, ends.size()) + length);
        ends.add(end);
    }

    private List<Chunk> packed() {
        List<Chunk> chunks = new ArrayList<>();
        int first = 0; // number of the chunk's first part
        int fresh = 0; // of the first that no chunk has yet
        while (fresh < ends.size()) {
            int next = fresh + 1;
            while (next < ends.size() && fits(first, next + 1) && !isGoodEnd(first, next)) {
                next++;
            }
            int end = ends.get(next - 1);
            chunks.add(new Chunk(chunks.size(), start(first), end, text.substring(start(first), end)));
            first = overlapping(first, next);
            fresh = next;
        }
        return chunks;
    }

    /** Where the next chunk begins: with so many parts of the one before as the overlap has room for, never with all of them. */
    private int overlapping(int first, int next) {
        int begin = next;
        while (next < ends.size() && begin - 1 > first && length(begin - 1, next) <= size.overlap()
                && start(next) - start(begin - 1) <= size.charactersOverlap() && fits(begin - 1, next + 1)) {
            begin--;
        }
        return begin;
    }

    private boolean fits(int first, int next) {
        return length(first, next) <= size.most() && start(next) - start(first) <= size.charactersMost();
    }

    private boolean isGoodEnd(int first, int next) {
        return length(first, next) >= size.most() / 2 && endsParagraph(next - 1);
    }

    private int length(int first, int next) {
        return (next == 0 ? 0 : lengths.get(next - 1)) - (first == 0 ? 0 : lengths.get(first - 1));
    }

    private int start(int part) {
        return part == 0 ? 0 : ends.get(part - 1);
    }

    private boolean endsParagraph(int part) {
        Matcher end = PARAGRAPH_END.matcher(text).region(Math.max(start(part), ends.get(part) - 170), ends.get(part));
        return end.find();
    }
}
