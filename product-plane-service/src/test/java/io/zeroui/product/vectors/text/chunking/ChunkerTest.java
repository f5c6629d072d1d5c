package io.zeroui.product.vectors.text.chunking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.product.vectors.text.chunking.ChunkSize.Unit;
import io.zeroui.runtime.problems.ProblemException;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkerTest {

    private static final String FAMILY = "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67";

    @Property(tries = 1_000)
    void chunksAreTheWholeTextInOrderAndNeverTooLong(@ForAll("texts") String text, @ForAll Unit unit, @ForAll @IntRange(min = 16, max = 200) int most,
            @ForAll @IntRange(min = 0, max = 100) int overlap) {
        ChunkSize size = new ChunkSize(unit, most, Math.min(overlap, most / 2));
        List<Chunk> chunks = Chunker.chunks(text, size);
        int covered = 0;
        int start = -1;
        for (int i = 0; i < chunks.size(); i++) {
            Chunk chunk = chunks.get(i);
            assertThat(chunk.index()).isEqualTo(i);
            assertThat(chunk.text()).isEqualTo(text.substring(chunk.start(), chunk.end())).isNotEmpty();
            assertThat(chunk.start()).isGreaterThan(start).isLessThanOrEqualTo(covered);
            assertThat(chunk.end()).isGreaterThan(covered);
            assertThat(size.of(chunk.text())).isLessThanOrEqualTo(Math.max(most, 2));
            assertThat(chunk.text().length()).isLessThanOrEqualTo(size.charactersMost());
            assertThat(size.of(text.substring(chunk.start(), covered))).isLessThanOrEqualTo(size.overlap());
            assertThat(Character.isLowSurrogate(chunk.text().charAt(0)) && chunk.start() > 0
                    && Character.isHighSurrogate(text.charAt(chunk.start() - 1))).as("half a character").isFalse();
            start = chunk.start();
            covered = chunk.end();
        }
        assertThat(covered).isEqualTo(text.length());
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> parts = Arbitraries.of("The gate refused the change.", "Licence is unknown", "! ", ". ", " ", "\n", "\n\n", "\r\n\r\n", FAMILY,
                "漢字かな交じり文。", "e\u0301", "🎉", "x".repeat(300), "\t\t\t", "a.b.c", "ﷺ", "0123456789", "—", " ".repeat(90));
        return Arbitraries.oneOf(parts, Arbitraries.strings().ofMaxLength(30)).list().ofMaxSize(60).map(list -> String.join("", list));
    }

    @Test
    void sentencesAndParagraphsStayWhole() {
        String text = "One two three four five. Six seven eight nine ten.\n\nEleven twelve. Thirteen fourteen fifteen sixteen.";
        List<Chunk> chunks = Chunker.chunks(text, new ChunkSize(Unit.TOKENS, 16, 0));
        assertThat(chunks).extracting(Chunk::text).containsExactly("One two three four five. Six seven eight nine ten.\n\n",
                "Eleven twelve. Thirteen fourteen fifteen sixteen.");
        List<Chunk> overlapping = Chunker.chunks("A b c d e f. G h i. J k l m n o p q. R s.", new ChunkSize(Unit.TOKENS, 16, 6));
        assertThat(overlapping).extracting(Chunk::text).containsExactly("A b c d e f. G h i. ", "G h i. J k l m n o p q. R s.");
    }

    @Test
    void aCharacterOfSeveralCodePointsIsNotCut() {
        List<Chunk> chunks = Chunker.chunks((FAMILY + " ").repeat(20), new ChunkSize(Unit.CHARACTERS, 16, 0));
        assertThat(chunks).allSatisfy(chunk -> assertThat(chunk.text().replace(FAMILY, "").isBlank()).isTrue());
    }

    @Test
    void thereIsNoChunkOfNothing() {
        assertThat(Chunker.chunks("", ChunkSize.USUAL)).isEmpty();
        assertThat(Chunker.chunks("short", ChunkSize.USUAL)).containsExactly(new Chunk(0, 0, 5, "short"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a ", "a. ", "\n\n", "🎉", "e\u0301", "漢", "\u0301", "a\n\n", "\uD83D"})
    void hostileTextsTakeBoundedTime(String part) {
        String text = part.repeat(1_000_000 / part.length());
        Assertions.assertTimeout(Duration.ofSeconds(60), () -> {
            List<Chunk> chunks = Chunker.chunks(text, ChunkSize.USUAL);
            assertThat(chunks.get(chunks.size() - 1).end()).isEqualTo(text.length());
            assertThat(chunks.stream().mapToLong(chunk -> chunk.text().length()).sum()).as("what is repeated is bounded").isLessThan(text.length() * 2L);
        });
    }

    @Test
    void sizesThatMakeNoSenseAreRefused() {
        assertThatThrownBy(() -> new ChunkSize(Unit.TOKENS, 15, 0)).isInstanceOf(ProblemException.class).hasMessageContaining("chunk.size");
        assertThatThrownBy(() -> new ChunkSize(Unit.TOKENS, 2_049, 0)).hasMessageContaining("chunk.size");
        assertThatThrownBy(() -> new ChunkSize(Unit.TOKENS, 100, 51)).hasMessageContaining("chunk.overlap");
        assertThatThrownBy(() -> new ChunkSize(Unit.TOKENS, 100, -1)).hasMessageContaining("chunk.overlap");
    }
}
