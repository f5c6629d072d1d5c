package io.zeroui.contracts.transparency;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What texts of signed notes are made of, read strictly: each value has one form. */
final class NoteText {

    private static final int NEXT_LINE = 0x85;

    private NoteText() {
    }

    /** The text of bytes that are UTF-8 without control characters other than newline. */
    static String decode(byte[] utf8) {
        try {
            return requirePlain(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the note is not UTF-8", e);
        }
    }

    /** The bytes of a text that {@link #decode} would return. */
    static byte[] encode(String text) {
        try {
            ByteBuffer utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(requirePlain(text)));
            byte[] bytes = new byte[utf8.remaining()];
            utf8.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the text has half a surrogate pair", e);
        }
    }

    /** A key's name: not empty, without white space and plus signs. */
    static void requireName(String name) {
        byte[] utf8 = encode(name);
        if (utf8.length == 0 || name.indexOf('+') >= 0 || name.codePoints().anyMatch(NoteText::isSpace)) {
            throw new IllegalArgumentException("a key's name is not empty and has no white space and no plus sign");
        }
    }

    /** The bytes of standard base64 as an encoder would write it. */
    static byte[] base64(String text) {
        byte[] bytes = Base64.getDecoder().decode(text);
        if (!base64(bytes).equals(text)) {
            throw new IllegalArgumentException("the base64 has bits or padding that no encoder writes");
        }
        return bytes;
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static String requirePlain(String text) {
        if (text.chars().anyMatch(character -> character < ' ' && character != '\n')) {
            throw new IllegalArgumentException("a note has no control character other than newline");
        }
        return text;
    }

    private static boolean isSpace(int codePoint) {
        return codePoint == '\n' || codePoint == NEXT_LINE || Character.isSpaceChar(codePoint);
    }
}
