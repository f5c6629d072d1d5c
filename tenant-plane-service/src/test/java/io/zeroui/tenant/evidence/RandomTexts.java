package io.zeroui.tenant.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Rationales and badges out of few words, in inflections and spellings that a search must bring together or keep apart. */
final class RandomTexts {

    static final List<String> WORDS = List.of("change", "changes", "changed", "Changing", "the", "of", "and", "limit", "Limits", "exceeded",
            "licence", "licences", "denied", "Größe", "grösse", "pre-commit", "commit", "over-sized", "400", "3.14", "R&D", "reviewed",
            "review", "RUNNING", "runs", "naïve", "日本語", "O'Neill's", "<b>bold</b>", "docs/readme.txt", "example.org", "(maybe)", "50%",
            "C++", "-minus", "x_y", "end.");
    static final List<String> BADGES = List.of("Needs Review", "needs review", "Größe", "hot-fix", "licence", "Over Limit", "R&D", "the",
            "日本語", "reviewed by 2", "a 'quoted' one", "back\\slash");

    private final Random random;

    RandomTexts(Random random) {
        this.random = random;
    }

    /** Up to a dozen words; now and then none. */
    String rationale() {
        List<String> words = new ArrayList<>();
        for (int i = random.nextInt(13); i > 0; i--) {
            words.add(one(WORDS) + (random.nextInt(6) == 0 ? List.of(",", ".", ":", "!", "\n", "\t").get(random.nextInt(6)) : ""));
        }
        return String.join(" ", words);
    }

    /** Up to three, perhaps one twice. */
    List<String> badges() {
        List<String> badges = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            badges.add(one(BADGES));
        }
        return badges;
    }

    /** What somebody may ask for: at least one word that receipts can be found by, and perhaps some that they must not have. */
    String question() {
        List<String> parts = new ArrayList<>();
        parts.add(random.nextBoolean() ? one(List.of("changing", "limit", "commit", "pre-commit", "licence", "review", "größe", "400"))
                : '"' + one(BADGES).replace("'", "x") + '"');
        for (int i = random.nextInt(3); i > 0; i--) {
            String part = random.nextInt(3) == 0 ? '"' + one(BADGES) + '"' : one(WORDS);
            parts.add(random.nextInt(parts.size() + 1), (random.nextInt(3) == 0 ? "-" : "") + part);
        }
        return String.join(random.nextInt(5) == 0 ? "   " : " ", parts);
    }

    private String one(List<String> from) {
        return from.get(random.nextInt(from.size()));
    }
}
