package io.zeroui.product.vectors.text.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Splits texts into the word pieces of BERT's uncased vocabulary, as the model's own {@code tokenizer.json} says: control characters go, accents
 * and case too, Chinese characters and punctuation stand alone, and of a word the longest known pieces are taken from its beginning.
 */
final class WordPieces {

    /** Begins every input. */
    static final int BEGIN = 101;
    /** Ends every input. */
    static final int END = 102;
    private static final int UNKNOWN = 100;
    private static final int WORD_MOST = 100;

    private final Map<String, Integer> vocabulary;

    private WordPieces(Map<String, Integer> vocabulary) {
        this.vocabulary = vocabulary;
    }

    /**
     * Reads a {@code tokenizer.json}.
     *
     * @throws IOException when it is none with these word pieces
     */
    static WordPieces read(InputStream file) throws IOException {
        JsonNode vocabulary = JsonMapper.builder().build().readTree(file).path("model").path("vocab");
        Map<String, Integer> pieces = new HashMap<>(1 << 16);
        vocabulary.fields().forEachRemaining(piece -> pieces.put(piece.getKey(), piece.getValue().intValue()));
        if (!Integer.valueOf(BEGIN).equals(pieces.get("[CLS]")) || !Integer.valueOf(END).equals(pieces.get("[SEP]"))
                || !Integer.valueOf(UNKNOWN).equals(pieces.get("[UNK]"))) {
            throw new IOException("not the vocabulary of the model");
        }
        return new WordPieces(pieces);
    }

    /** The numbers of a text's pieces, without begin and end. */
    int[] of(String text) {
        Pieces found = new Pieces();
        StringBuilder word = new StringBuilder();
        clean(text).codePoints().forEach(character -> {
            if (Character.isWhitespace(character)) {
                found.add(word);
            } else if (standsAlone(character)) {
                found.add(word);
                found.add(word.appendCodePoint(character));
            } else {
                word.appendCodePoint(character);
            }
        });
        found.add(word);
        return found.numbers();
    }

    private static String clean(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().forEach(character -> {
            if (isSpace(character)) {
                kept.append(' ');
            } else if (character != 0xFFFD && !isControl(character)) {
                kept.appendCodePoint(character);
            }
        });
        StringBuilder plain = new StringBuilder(kept.length());
        Normalizer.normalize(kept, Normalizer.Form.NFD).codePoints()
                .filter(character -> Character.getType(character) != Character.NON_SPACING_MARK)
                .forEach(character -> plain.appendCodePoint(Character.toLowerCase(character)));
        return plain.toString();
    }

    private static boolean isSpace(int character) {
        return character == '\t' || character == '\n' || character == '\r' || Character.isSpaceChar(character);
    }

    private static boolean isControl(int character) {
        int type = Character.getType(character);
        return type == Character.CONTROL || type == Character.FORMAT || type == Character.PRIVATE_USE
                || type == Character.SURROGATE;
    }

    private static boolean standsAlone(int character) {
        boolean isAscii = character < 128;
        if (isAscii) {
            return character > ' ' && !Character.isLetterOrDigit(character);
        }
        int type = Character.getType(character);
        boolean isPunctuation = type == Character.CONNECTOR_PUNCTUATION || type == Character.DASH_PUNCTUATION
                || type == Character.START_PUNCTUATION || type == Character.END_PUNCTUATION || type == Character.INITIAL_QUOTE_PUNCTUATION
                || type == Character.FINAL_QUOTE_PUNCTUATION || type == Character.OTHER_PUNCTUATION;
        return isPunctuation || isChinese(character);
    }

    /** The blocks of CJK unified and compatibility ideographs. */
    private static boolean isChinese(int c) {
        return c >= 0x4E00 && c <= 0x9FFF || c >= 0x3400 && c <= 0x4DBF || c >= 0x20000 && c <= 0x2A6DF || c >= 0x2A700 && c <= 0x2B73F
                || c >= 0x2B740 && c <= 0x2B81F || c >= 0x2B920 && c <= 0x2CEAF || c >= 0xF900 && c <= 0xFAFF || c >= 0x2F800 && c <= 0x2FA1F;
    }

    /** Pieces as they are found. */
    private final class Pieces {

        private int[] numbers = new int[64];
        private int size;

        /** Splits the word, and empties it. */
        void add(StringBuilder word) {
            if (word.length() == 0) {
                return;
            }
            String text = word.toString();
            word.setLength(0);
            List<Integer> pieces = text.codePointCount(0, text.length()) > WORD_MOST ? List.of(UNKNOWN) : split(text);
            pieces.forEach(this::add);
        }

        private void add(int number) {
            if (size == numbers.length) {
                numbers = Arrays.copyOf(numbers, size * 2);
            }
            numbers[size++] = number;
        }

        int[] numbers() {
            return Arrays.copyOf(numbers, size);
        }
    }

    private List<Integer> split(String word) {
        List<Integer> pieces = new ArrayList<>();
        int from = 0;
        while (from < word.length()) {
            int to = word.length();
            Integer piece = null;
            while (to > from && piece == null) {
                piece = vocabulary.get(from == 0 ? word.substring(0, to) : "##" + word.substring(from, to));
                to = piece == null ? word.offsetByCodePoints(to, -1) : to;
            }
            if (piece == null) {
                return List.of(UNKNOWN);
            }
            pieces.add(piece);
            from = to;
        }
        return pieces;
    }
}
