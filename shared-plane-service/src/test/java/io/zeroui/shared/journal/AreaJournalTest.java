package io.zeroui.shared.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.receipts.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal on the disk: numbered, chained, mended after a crash, refused where somebody changed it. */
class AreaJournalTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00.123456Z");

    @TempDir
    Path folder;
    private Path file;

    @BeforeEach
    void place() {
        file = folder.resolve("journal.jsonl");
    }

    @Test
    void actsAreNumberedChainedAndThereAfterARestart() throws IOException {
        AreaJournal journal = new AreaJournal(file);
        for (int i = 1; i <= 300; i++) {
            assertThat(journal.append("key:one", draft(i), NOW.plusSeconds(i)).number()).isEqualTo(i);
        }
        AreaJournal again = new AreaJournal(file);
        assertThat(again.last()).isEqualTo(300);
        List<ActLine> all = again.read(1, 1_000);
        assertThat(all).hasSize(300);
        Hash previous = Hash.ZERO;
        for (int i = 0; i < 300; i++) {
            assertThat(all.get(i).previous()).isEqualTo(previous);
            assertThat(all.get(i).act().detail().path("n").intValue()).isEqualTo(i + 1);
            previous = all.get(i).hash();
        }
        for (int from : new int[]{1, 2, 127, 128, 129, 130, 256, 257, 299, 300}) {
            assertThat(again.read(from, 3)).extracting(line -> line.act().number())
                    .containsExactlyElementsOf(LongStream.rangeClosed(from, Math.min(from + 2, 300)).boxed().toList());
        }
        assertThat(again.read(301, 3)).isEmpty();
        assertThat(again.append("key:two", draft(301), NOW).at()).as("a clock that went back").isEqualTo(NOW.plusSeconds(300));
    }

    @Test
    void aCrashInTheMiddleOfALineCostsNothingThatWasAcknowledged() throws IOException {
        AreaJournal journal = new AreaJournal(file);
        appended(journal, 1);
        appended(journal, 2);
        long whole = Files.size(file);
        appended(journal, 3);
        byte[] all = Files.readAllBytes(file);
        for (int cut = (int) whole; cut < all.length; cut++) {
            Files.write(file, Arrays.copyOf(all, cut));
            AreaJournal after = new AreaJournal(file);
            assertThat(after.last()).isEqualTo(2);
            assertThat(after.append("key:one", draft(4), NOW).number()).isEqualTo(3);
            assertThat(new AreaJournal(file).read(1, 10)).extracting(line -> line.act().detail().path("n").intValue()).containsExactly(1, 2, 4);
        }
    }

    @Test
    void whatSomebodyChangedIsRefused() throws IOException {
        AreaJournal journal = new AreaJournal(file);
        appended(journal, 1);
        appended(journal, 2);
        appended(journal, 3);
        List<String> lines = Files.readAllLines(file);
        refused(List.of(lines.get(0), lines.get(2)), "does not go on from act 1");
        refused(List.of(lines.get(0), lines.get(1).replace("\"n\":2", "\"n\":7"), lines.get(2)), "does not go on from act 2");
        refused(List.of(lines.get(1), lines.get(0), lines.get(2)), "does not go on from act 0");
        refused(List.of(lines.get(0), "{}", lines.get(2)), "no act");
        refused(List.of(lines.get(0), "x".repeat(2 << 20), lines.get(2)), "too long");
    }

    private void refused(List<String> lines, String why) throws IOException {
        Files.write(file, lines);
        assertThatThrownBy(() -> new AreaJournal(file).last()).isInstanceOf(IOException.class).hasMessageContaining(why);
        assertThat(Files.readAllLines(file)).isEqualTo(lines);
    }

    @Test
    void anActThatCouldNotBeReadAgainIsNotWritten() throws IOException {
        AreaJournal journal = new AreaJournal(file);
        appended(journal, 1);
        byte[] before = Files.readAllBytes(file);
        ObjectNode deep = JsonNodeFactory.instance.objectNode();
        ObjectNode at = deep;
        for (int i = 0; i < 60; i++) {
            at = at.putObject("a");
        }
        ObjectNode number = JsonNodeFactory.instance.objectNode().put("n", Double.NaN);
        ObjectNode longText = JsonNodeFactory.instance.objectNode().put("text", "x".repeat(2 << 20));
        for (ObjectNode detail : List.of(deep, number, longText)) {
            assertThatThrownBy(() -> journal.append("key:one", new Draft("test", detail), NOW)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        appended(journal, 2);
        assertThat(new AreaJournal(file).last()).isEqualTo(2);
    }

    @Test
    void afterAWriteThatFailedTheFileIsReadAgain() throws IOException {
        AreaJournal journal = new AreaJournal(file);
        appended(journal, 1);
        byte[] one = Files.readAllBytes(file);
        Path aside = folder.resolve("aside");
        Files.move(file, aside);
        Files.createDirectory(file);
        assertThatThrownBy(() -> journal.append("key:one", draft(2), NOW)).isInstanceOf(IOException.class);
        Files.delete(file);
        Files.write(file, one, StandardOpenOption.CREATE_NEW);
        assertThat(journal.append("key:one", draft(2), NOW).number()).isEqualTo(2);
        assertThat(new AreaJournal(file).last()).isEqualTo(2);
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines()).hasSize(2);
    }

    private static void appended(AreaJournal journal, int number) throws IOException {
        assertThat(journal.append("key:one", draft(number), NOW)).isNotNull();
    }

    private static Draft draft(int number) {
        return new Draft("test", JsonNodeFactory.instance.objectNode().put("n", number));
    }
}
