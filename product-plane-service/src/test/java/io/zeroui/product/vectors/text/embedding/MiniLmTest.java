package io.zeroui.product.vectors.text.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The built-in model as it is in the jar. */
class MiniLmTest {

    private static MiniLm model;
    private static WordPieces pieces;

    @BeforeAll
    static void load() throws IOException {
        model = MiniLm.load();
        try (InputStream file = MiniLm.class.getResourceAsStream("/all-minilm-l6-v2-tokenizer.json")) {
            pieces = WordPieces.read(file);
        }
    }

    @AfterAll
    static void unload() {
        model.close();
    }

    /** Numbers as BERT's own tokenizer gives them for its uncased vocabulary. */
    @Test
    void textsAreSplitAsTheModelWasTaught() {
        assertThat(pieces.of("Hello, world!")).containsExactly(7592, 1010, 2088, 999);
        assertThat(pieces.of("  HÉLLO\n\tWorld ")).containsExactly(7592, 2088);
        assertThat(pieces.of("embeddings")).containsExactly(7861, 8270, 4667, 2015);
        assertThat(pieces.of("unaffable")).containsExactly(14477, 20961, 3468);
        assertThat(pieces.of("")).isEmpty();
        assertThat(pieces.of("\u0000\uFFFD\u200B")).isEmpty();
        assertThat(pieces.of("x".repeat(101))).containsExactly(100);
        assertThat(pieces.of("a🎉b")).hasSizeLessThanOrEqualTo(3);
        assertThat(pieces.of("中国")).hasSize(2);
    }

    /** Cosines as the model's makers publish them for sentence-transformers/all-MiniLM-L6-v2, to two digits. */
    @Test
    void whatMeansSomethingAlikeIsNear() throws IOException {
        List<float[]> vectors = model.embed(List.of("That is a happy person", "That is a happy dog", "That is a very happy person",
                "Today is a sunny day"));
        assertThat(cosine(vectors, 0, 1)).isCloseTo(0.695, within(0.01));
        assertThat(cosine(vectors, 0, 2)).isCloseTo(0.943, within(0.01));
        assertThat(cosine(vectors, 0, 3)).isCloseTo(0.257, within(0.01));
    }

    @Test
    void aVectorDoesNotDependOnWhatElseIsAskedFor() throws IOException {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            texts.add("Sentence number " + i + " says " + "something more ".repeat(i * 5));
        }
        List<float[]> together = model.embed(texts);
        for (int i = 0; i < texts.size(); i += 7) {
            float[] alone = model.embed(List.of(texts.get(i))).get(0);
            assertThat(cosine(List.of(alone, together.get(i)), 0, 1)).isCloseTo(1, within(1e-4));
        }
    }

    @Test
    void anyTextHasAVectorOfUnitLength() throws IOException {
        List<String> texts = List.of("", " ", "\u0000", "🎉".repeat(2_000), "word ".repeat(5_000), "\uD83D", "ÀÉ ".repeat(300).toLowerCase(Locale.ROOT));
        for (float[] vector : model.embed(texts)) {
            assertThat(vector).hasSize(MiniLm.DIMENSION);
            assertThat(cosine(List.of(vector, vector), 0, 1)).isCloseTo(1, within(1e-4));
        }
    }

    @Test
    void theEndOfALongTextCounts() throws IOException {
        String weather = "The weather is fine today. ".repeat(60);
        List<float[]> vectors = model.embed(List.of(weather + "The database of the payment service lost its backups. ".repeat(60),
                "The database of the payment service lost its backups.", weather));
        assertThat(cosine(vectors, 0, 1)).as("both halves count").isGreaterThan(cosine(vectors, 2, 1) + 0.2);
        assertThat(cosine(vectors, 0, 2)).isGreaterThan(0.3);
    }

    private static double cosine(List<float[]> vectors, int one, int other) {
        double product = 0;
        for (int i = 0; i < MiniLm.DIMENSION; i++) {
            product += (double) vectors.get(one)[i] * vectors.get(other)[i];
        }
        return product;
    }
}
