package io.zeroui.runtime.downloads;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a file (RFC 9110, 14).
 *
 * @param offset of its first byte
 * @param length in bytes, at least 1
 */
record ByteRange(long offset, long length) {

    private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** What a header {@code Range} asks for. */
    sealed interface Asked {

        /** The whole file: nothing else is asked for, or in a way that is not served, which RFC 9110 allows. */
        record Whole() implements Asked {
        }

        /** A part. */
        record Part(ByteRange range) implements Asked {
        }

        /** Nothing that the file has. */
        record Outside() implements Asked {
        }
    }

    /** Reads a header of one range. */
    static Asked parse(String header, long fileLength) {
        Matcher one = ONE.matcher(header.strip());
        if (!one.matches() || one.group(1).isEmpty() && one.group(2).isEmpty()) {
            return new Asked.Whole();
        }
        if (one.group(1).isEmpty()) {
            long last = Math.min(Long.parseLong(one.group(2)), fileLength);
            return last == 0 ? new Asked.Outside() : new Asked.Part(new ByteRange(fileLength - last, last));
        }
        long first = Long.parseLong(one.group(1));
        long end = one.group(2).isEmpty() ? fileLength - 1 : Math.min(Long.parseLong(one.group(2)), fileLength - 1);
        if (!one.group(2).isEmpty() && Long.parseLong(one.group(2)) < first) {
            return new Asked.Whole(); // not a range at all
        }
        return first >= fileLength ? new Asked.Outside() : new Asked.Part(new ByteRange(first, end - first + 1));
    }
}
