package io.zeroui.contracts.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.zeroui.contracts.json.InvalidJson.Reason;

/** What can be said of a line before it is parsed. */
final class LineBytes {

    private LineBytes() {
    }

    /** The line's characters. */
    static char[] decode(byte[] bytes, int maxBytes) throws InvalidJson {
        return decode(bytes, maxBytes, true);
    }

    /** The characters of a line, or of a text that may have many. */
    static char[] decode(byte[] bytes, int maxBytes, boolean oneLine) throws InvalidJson {
        if (bytes.length > maxBytes) {
            throw new InvalidJson(Reason.TOO_LARGE, bytes.length + " bytes, at most " + maxBytes + " are allowed");
        }
        if (startsWithMark(bytes)) {
            throw new InvalidJson(Reason.BOM, "the line starts with a byte order mark");
        }
        char[] characters = new char[bytes.length];
        boolean ascii = true;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b < ' ') {
                ascii &= b >= 0;
                refuseControl(b, i, oneLine);
            }
            characters[i] = (char) b;
        }
        return ascii ? characters : decodeUtf8(bytes);
    }

    private static void refuseControl(byte b, int at, boolean oneLine) throws InvalidJson {
        if (b == 0) {
            throw new InvalidJson(Reason.NUL, "a NUL at byte " + at);
        }
        if (!oneLine) {
            return;
        }
        switch (b) {
            case '\r' -> throw new InvalidJson(Reason.CARRIAGE_RETURN, "a carriage return at byte " + at);
            case '\n' -> throw new InvalidJson(Reason.LINE_FEED, "a line feed at byte " + at);
            default -> {
                // what else is not allowed the parser says
            }
        }
    }

    private static boolean startsWithMark(byte[] bytes) {
        int first = bytes.length < 2 ? 0 : (bytes[0] & 0xff) << 8 | bytes[1] & 0xff;
        return first == 0xfeff || first == 0xfffe
                || first == 0xefbb && bytes.length > 2 && (bytes[2] & 0xff) == 0xbf;
    }

    private static char[] decodeUtf8(byte[] bytes) throws InvalidJson {
        try {
            CharBuffer decoded = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return Arrays.copyOf(decoded.array(), decoded.limit());
        } catch (CharacterCodingException e) {
            throw new InvalidJson(Reason.INVALID_UTF8, "the line is not valid UTF-8");
        }
    }
}
