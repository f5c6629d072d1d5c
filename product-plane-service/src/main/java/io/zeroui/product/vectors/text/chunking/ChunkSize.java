package io.zeroui.product.vectors.text.chunking;

import io.zeroui.product.vectors.model.VectorProblem;

/**
 * How long chunks are.
 *
 * @param unit what is counted
 * @param most of one chunk, 16 to 2,048
 * @param overlap most that a chunk repeats of the one before it, at most half of {@code most}
 */
public record ChunkSize(Unit unit, int most, int overlap) {

    /** What the built-in model sees whole, with room for words that it splits. */
    public static final ChunkSize USUAL = new ChunkSize(Unit.TOKENS, 180, 30);

    private static final int LEAST = 16;
    private static final int MOST = 2_048;
    private static final int WORD = 8;
    private static final int CHARACTERS_OF_TOKEN = 16;

    /** What is counted. */
    public enum Unit {
        /** Runs of letters and digits of at most eight characters, other marks each for itself: about as many as models find. */
        TOKENS,
        /** UTF-16 code units. */
        CHARACTERS
    }

    public ChunkSize {
        if (most < LEAST || most > MOST) {
            throw VectorProblem.invalid("chunk.size", "must be " + LEAST + " to " + MOST);
        }
        if (overlap < 0 || overlap > most / 2) {
            throw VectorProblem.invalid("chunk.overlap", "must be from 0 to half of chunk.size");
        }
    }

    /** Most characters of a chunk, whatever they are. */
    int charactersMost() {
        return unit == Unit.CHARACTERS ? most : most * CHARACTERS_OF_TOKEN;
    }

    /** Most characters that a chunk repeats, whatever they are. */
    int charactersOverlap() {
        return unit == Unit.CHARACTERS ? overlap : overlap * CHARACTERS_OF_TOKEN;
    }

    /** How much of it a text is; of two texts together never more than of both. */
    int of(CharSequence text) {
        return unit == Unit.CHARACTERS ? text.length() : tokens(text);
    }

    private static int tokens(CharSequence text) {
        int tokens = 0;
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isWord = Character.isLetterOrDigit(c) && !Character.isIdeographic(c);
            run = isWord ? run + 1 : 0;
            boolean begins = isWord ? run % WORD == 1 : !Character.isWhitespace(c);
            tokens += begins ? 1 : 0;
        }
        return tokens;
    }
}
