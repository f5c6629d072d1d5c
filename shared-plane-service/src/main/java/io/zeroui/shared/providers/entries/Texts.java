package io.zeroui.shared.providers.entries;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Bounds of texts in documents. */
final class Texts {

    private static final int MAX_LENGTH = 1_000;
    private static final Pattern TOKEN = Pattern.compile("[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?");

    private Texts() {
    }

    static void optional(String member, @Nullable String text) {
        if (text != null && (text.isBlank() || text.length() > MAX_LENGTH || text.chars().anyMatch(Character::isISOControl))) {
            throw new IllegalArgumentException(member + " has 1 to " + MAX_LENGTH + " characters and no control characters");
        }
    }

    static void token(String member, @Nullable String text) {
        if (text == null || !TOKEN.matcher(text).matches()) {
            throw new IllegalArgumentException(member + " is kebab-case, at most 100 characters");
        }
    }

    static List<String> list(String member, @Nullable List<String> list, int most) {
        if (list == null) {
            return List.of();
        }
        if (list.size() > most) {
            throw new IllegalArgumentException(member + " has at most " + most + " elements");
        }
        list.forEach(one -> optional(member, one));
        return List.copyOf(list);
    }

    static <T> List<T> objects(String member, @Nullable List<T> list, int most) {
        if (list == null) {
            return List.of();
        }
        if (list.size() > most) {
            throw new IllegalArgumentException(member + " has at most " + most + " elements");
        }
        return List.copyOf(list);
    }
}
