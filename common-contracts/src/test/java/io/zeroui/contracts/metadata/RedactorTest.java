package io.zeroui.contracts.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.zeroui.contracts.metadata.Finding.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

    private static final String KEY = "AKIA" + "IOSFODNN7EXAMPLF";
    private static final List<String> PARTS = List.of("We decided to keep the queue.", " ana@example.com ", "mail ana@example.com now", " " + KEY + " ",
            "password = hunter22x", "token: abc123def456", "int total = price * count;", "return total;", "for (Item i : items) {", "}", "//", "&&",
            "```\nx\n```", "```", "~~~", "4111 1111 1111 1111", "SSN 123-45-6789", "SELECT name FROM users", "\n", "\n\n", " ", ". ", "\r\n",
            "https://user:pa55word@example.com/x", "-----BEGIN PRIVATE KEY-----", "grüße 漢字 🎉", "def f(x):\n    return x\n");

    @Test
    void aTextWithoutAnythingForbiddenStaysAsItIs() {
        String text = "We keep the queue.\n\nIt was measured: 40 % faster; see issue 17 (and 18).\n";
        assertThat(Redactor.redact(text)).isEqualTo(new Redaction(text, Map.of()));
    }

    @Test
    void ofASentenceOnlyTheForbiddenWordGoesAndOfAPairBothGo() {
        Redaction mail = Redactor.redact("Ask ana@example.com about the rollout. It is planned for May.");
        assertThat(mail.text()).isEqualTo("Ask [personal data removed] about the rollout. It is planned for May.");
        assertThat(mail.removed()).containsOnly(Map.entry(Kind.PERSONAL_DATA, 1));

        Redaction secret = Redactor.redact("The staging database is small. Its password = hunter22x and nobody else has it. We moved on.");
        assertThat(secret.text()).doesNotContain("hunter22x").contains("The staging database is small.").contains("We moved on.");
        assertThat(secret.removed()).containsOnlyKeys(Kind.SECRET);
    }

    @Test
    void codeGoesWithItsParagraphAndFencedCodeWhateverItIs() {
        String text = "Before the code.\n\nint total = price * count;\nif (total > 3) {\n  return total;\n}\n\nAfter the code.\n\n```\nplain words\n```\nThe end.";
        Redaction redaction = Redactor.redact(text);
        assertThat(redaction.text()).isEqualTo("Before the code.\n\n[code removed]\n\nAfter the code.\n\n[code removed]\nThe end.");
        assertThat(redaction.removed()).containsOnly(Map.entry(Kind.SOURCE_CODE, 2));
        assertThat(Redactor.redact("Look:\n```java\nnever closed").text()).isEqualTo("Look:\n[code removed]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "OPENSSH PRIVATE KEY", "PRIVATE KEY", "PGP PRIVATE KEY BLOCK"})
    void aPrivateKeyGoesFromItsFirstLineToItsLast(String kind) {
        String body = "MIIEpAIBAAKCAQEAwJxkD0sYh\n\nProc-Type: 4,ENCRYPTED\n\nhZqYbLmN0pQrStUvWxYz012345\nc2VjcmV0IG1hdGVyaWFs\n";
        String key = "-----BEGIN " + kind + "-----\n" + body + "-----END " + kind + "-----";
        for (String text : List.of("Before.\n" + key + "\nAfter.", "Before.\n\n> " + key.replace("\n", "\n> ") + "\n\nAfter.",
                "Before. key: " + key.replace("\n", "\\n") + " After.", "Before.\n```\n" + key + "\n```\nAfter.")) {
            String left = Redactor.redact(text).text();
            assertThat(left).contains("Before.").contains("After.").doesNotContain("MIIE").doesNotContain("hZqY").doesNotContain("c2Vj")
                    .doesNotContain("PRIVATE KEY");
        }
        assertThat(Redactor.redact("Before.\n-----BEGIN " + kind + "-----\n" + body).text()).isEqualTo("Before.\n[secret removed]");
        assertThat(Redactor.redact(body + "-----END " + kind + "-----\nAfter.").text()).isEqualTo("[secret removed]\nAfter.");
    }

    @Test
    void lookAlikesAndInvisibleCharactersHideNothing() {
        assertThat(Redactor.redact("Ask ana@exam\u00ADple.com now.").text()).isEqualTo("Ask [personal data removed] now.");
        assertThat(Redactor.redact("Ask ana\uFF20example.com now.").text()).isEqualTo("Ask [personal data removed] now.");
        assertThat(Redactor.redact("> ```\n> plain\n> ```\nThe end.").text()).isEqualTo("[code removed]\nThe end.");
        assertThat(Redactor.redact("\uFF21 text with \u200Bodd characters.").text()).isEqualTo("\uFF21 text with \u200Bodd characters.");
    }

    @Test
    void aSecretInCodeDoesNotHideTheCode() {
        Redaction redaction = Redactor.redact("Fine.\n\nString key = \"" + KEY + "\";\nint total = price * count;\nreturn total;\n\nFine too.");
        assertThat(redaction.text()).isEqualTo("Fine.\n\n[code removed]\n\nFine too.");
    }

    @Test
    void paragraphsThatAreForbiddenTogetherOnlyLoseOneOfThem() {
        String text = "First.\n\n// a note\n\nSecond.\n\na && b\n\nThird.";
        assertThat(Redactor.isClean("// a note")).isTrue();
        assertThat(Redactor.isClean(text)).isFalse();
        assertThat(Redactor.redact(text).text()).isEqualTo("First.\n\n// a note\n\nSecond.\n\n[code removed]\n\nThird.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\n\n", "```", "[code removed]", "[secret removed] [personal data removed]"})
    void thereIsNothingToDo(String text) {
        Redaction redaction = Redactor.redact(text);
        assertThat(redaction.text()).isEqualTo(text.equals("```") ? "[code removed]" : text);
    }

    @Property(tries = 2_000)
    void whatIsLeftPassesTheRuleAndIsNotRedactedAgain(@ForAll("texts") String text) {
        String left = Redactor.redact(text).text();
        assertThat(MetadataOnlyRule.find(JsonNodeFactory.instance.objectNode().put("content", left))).as(left).isNull();
        assertThat(Redactor.redact(left)).isEqualTo(new Redaction(left, Map.of()));
        assertThat(left).doesNotContain(" ana@example.com ").doesNotContain(" " + KEY + " ");
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> known = Arbitraries.of(PARTS);
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(12);
        return Arbitraries.frequencyOf(Tuple.of(9, known), Tuple.of(1, any)).list().ofMaxSize(40)
                .map(parts -> String.join("", parts));
    }

    /** The longest texts that may be exported, made to be cut often. */
    @ParameterizedTest
    @ValueSource(strings = {"// a\n\n&& b\n\n", "a@b.de ", "password = hunter22x ", "x", "a. ", "```\n", "}\n", "\n\n", "{ ", "4"})
    void hostileTextsTakeBoundedTime(String part) {
        String text = part.repeat(262_144 / part.length());
        Assertions.assertTimeout(Duration.ofSeconds(60), () -> assertThat(Redactor.isClean(Redactor.redact(text).text())).isTrue());
    }

    @Test
    void randomTextsTakeBoundedTime() {
        Random random = new Random(7);
        StringBuilder text = new StringBuilder();
        while (text.length() < 200_000) {
            text.append(PARTS.get(random.nextInt(PARTS.size()))).append(random.nextBoolean() ? " " : "\n");
        }
        Assertions.assertTimeout(Duration.ofSeconds(60), () -> assertThat(Redactor.isClean(Redactor.redact(text.toString()).text())).isTrue());
    }
}
