package io.zeroui.system;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Texts that are looked for, each as it is, in hexadecimal digits, and in base64 at whatever place. */
final class Needles {

    private final Map<String, Set<String>> forms = new LinkedHashMap<>();

    private Needles() {
    }

    /** The texts by the name under which a find is reported. */
    static Needles of(Map<String, String> texts) {
        Needles needles = new Needles();
        texts.forEach((name, text) -> needles.forms.put(name, forms(text)));
        return needles;
    }

    /** The names of those that occur. */
    Set<String> in(String haystack) {
        Set<String> found = new TreeSet<>();
        forms.forEach((name, any) -> {
            if (any.stream().anyMatch(haystack::contains)) {
                found.add(name);
            }
        });
        return found;
    }

    /** What occurs where; places without a find are left out. */
    Map<String, Set<String>> in(Map<String, String> haystacks) {
        Map<String, Set<String>> found = new TreeMap<>();
        haystacks.forEach((place, text) -> {
            Set<String> here = in(text);
            if (!here.isEmpty()) {
                found.put(place, here);
            }
        });
        return found;
    }

    private static Set<String> forms(String text) {
        if (text.length() < 10) {
            throw new IllegalArgumentException("too short to be found by design rather than by chance");
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String hex = HexFormat.of().formatHex(bytes);
        Set<String> forms = new LinkedHashSet<>(List.of(text, hex, hex.toUpperCase(Locale.ROOT)));
        for (int shift = 0; shift < 3; shift++) {
            String base64 = base64(bytes, shift);
            forms.add(base64);
            forms.add(base64.replace('+', '-').replace('/', '_'));
        }
        return forms;
    }

    /** The characters that are the same whatever stands before and after, with so many bytes before. */
    private static String base64(byte[] bytes, int shift) {
        byte[] shifted = new byte[shift + bytes.length];
        Arrays.fill(shifted, (byte) 'x');
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int whole = shifted.length % 3 == 0 ? encoded.length() : encoded.length() - 1;
        return encoded.substring(shift == 0 ? 0 : shift + 1, whole);
    }
}
