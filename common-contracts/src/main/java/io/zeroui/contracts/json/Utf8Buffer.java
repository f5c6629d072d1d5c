package io.zeroui.contracts.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing UTF-8 buffer that writes JSON strings in their ECMAScript form. */
final class Utf8Buffer {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes;
    private int size;

    Utf8Buffer(int capacity) {
        bytes = new byte[capacity];
    }

    byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    void ascii(char c) {
        ensure(1);
        bytes[size++] = (byte) c;
    }

    @SuppressWarnings("deprecation") // String.getBytes(int, int, byte[], int) is exactly right for ASCII
    void ascii(String text) {
        ensure(text.length());
        text.getBytes(0, text.length(), bytes, size);
        size += text.length();
    }

    /** The string in quotes, escaped as ECMAScript's {@code JSON.stringify} does (RFC 8785 §3.2.2.2). */
    void string(String text) {
        int length = text.length();
        if (isPlain(text)) {
            ensure(2 + length);
            bytes[size++] = '"';
            ascii(text);
            bytes[size++] = '"';
            return;
        }
        ensure(2 + 6 * length);
        bytes[size++] = '"';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                asciiCharacter(c);
            } else if (c < 0x800) {
                bytes[size++] = (byte) (0xc0 | c >> 6);
                bytes[size++] = (byte) (0x80 | c & 0x3f);
            } else if (!Character.isSurrogate(c)) {
                bytes[size++] = (byte) (0xe0 | c >> 12);
                bytes[size++] = (byte) (0x80 | c >> 6 & 0x3f);
                bytes[size++] = (byte) (0x80 | c & 0x3f);
            } else {
                supplementary(text, i++);
            }
        }
        bytes[size++] = '"';
    }

    /** Most strings need no escape, and copying them whole is much faster. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c >= 0x80 || c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private void asciiCharacter(char c) {
        if (c >= ' ' && c != '"' && c != '\\') {
            bytes[size++] = (byte) c;
            return;
        }
        bytes[size++] = '\\';
        switch (c) {
            case '"', '\\' -> bytes[size++] = (byte) c;
            case '\b' -> bytes[size++] = 'b';
            case '\t' -> bytes[size++] = 't';
            case '\n' -> bytes[size++] = 'n';
            case '\f' -> bytes[size++] = 'f';
            case '\r' -> bytes[size++] = 'r';
            default -> {
                bytes[size++] = 'u';
                bytes[size++] = '0';
                bytes[size++] = '0';
                bytes[size++] = HEX[c >> 4];
                bytes[size++] = HEX[c & 0xf];
            }
        }
    }

    private void supplementary(String text, int at) {
        int codePoint = text.codePointAt(at);
        if (codePoint < 0x10000) {
            throw new IllegalArgumentException("an unpaired surrogate has no UTF-8 form");
        }
        bytes[size++] = (byte) (0xf0 | codePoint >> 18);
        bytes[size++] = (byte) (0x80 | codePoint >> 12 & 0x3f);
        bytes[size++] = (byte) (0x80 | codePoint >> 6 & 0x3f);
        bytes[size++] = (byte) (0x80 | codePoint & 0x3f);
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
