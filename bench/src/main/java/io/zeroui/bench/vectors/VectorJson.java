package io.zeroui.bench.vectors;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Vectors as JSON, and ids out of answers, quicker than what is measured takes. Grows; not thread-safe. */
final class VectorJson {

    private static final int SCALE = 10_000_000;

    private byte[] bytes = new byte[1 << 16];
    private int length;

    @CanIgnoreReturnValue
    VectorJson text(String text) {
        byte[] more = text.getBytes(StandardCharsets.UTF_8);
        reserve(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    /** Components between -1 and 1 with seven decimals. */
    @CanIgnoreReturnValue
    VectorJson vector(float[] vector) {
        reserve(vector.length * 11 + 2);
        byte before = '[';
        for (float component : vector) {
            bytes[length++] = before;
            before = ',';
            int number = Math.round(component * SCALE);
            if (number < 0) {
                bytes[length++] = '-';
                number = -number;
            }
            bytes[length++] = (byte) ('0' + number / SCALE);
            bytes[length++] = '.';
            for (int digit = SCALE / 10; digit > 0; digit /= 10) {
                bytes[length++] = (byte) ('0' + number / digit % 10);
            }
        }
        bytes[length++] = ']';
        return this;
    }

    byte[] take() {
        byte[] taken = Arrays.copyOf(bytes, length);
        length = 0;
        return taken;
    }

    /** The numbers that follow a word, each after one more of it. */
    static int[] numbersAfter(byte[] answer, String word) {
        byte[] looked = word.getBytes(StandardCharsets.UTF_8);
        int[] found = new int[Neighbours.WANTED];
        int count = 0;
        for (int at = indexOf(answer, looked, 0); at >= 0 && count < found.length; at = indexOf(answer, looked, at)) {
            at += looked.length;
            found[count++] = number(answer, at);
        }
        return Arrays.copyOf(found, count);
    }

    /** The texts of a list that begins after a word, as numbers. */
    static int[] listAfter(byte[] answer, String word) {
        int from = indexOf(answer, word.getBytes(StandardCharsets.UTF_8), 0) + word.length();
        int to = indexOf(answer, new byte[] {']'}, from);
        String list = new String(answer, from, to - from, StandardCharsets.UTF_8);
        return list.isBlank() ? new int[0] : Arrays.stream(list.split(",", -1)).mapToInt(one -> Integer.parseInt(one.replace("\"", ""))).toArray();
    }

    private static int number(byte[] answer, int from) {
        int number = 0;
        for (int at = from; at < answer.length && answer[at] >= '0' && answer[at] <= '9'; at++) {
            number = number * 10 + answer[at] - '0';
        }
        return number;
    }

    private static int indexOf(byte[] answer, byte[] looked, int from) {
        for (int at = from; at <= answer.length - looked.length; at++) {
            if (Arrays.equals(answer, at, at + looked.length, looked, 0, looked.length)) {
                return at;
            }
        }
        return -1;
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
