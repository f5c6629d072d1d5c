package io.zeroui.runtime.fabric;

import static io.zeroui.runtime.fabric.FabricFixtures.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.receipts.Refusal;
import io.zeroui.contracts.receipts.RefusalReason;
import io.zeroui.runtime.fabric.QuarantineEntry.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;

class QuarantineTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final String RECEIPTS = "ide/receipts/shop/2026/11/receipts.jsonl";
    private static final Refusal REFUSAL = new Refusal(RefusalReason.CONTAINS_SECRET, "looks like a key", "/inputs/x");

    @TempDir
    Path root;

    private AppendLog log;

    @BeforeEach
    void open() {
        log = new AppendLog(root);
    }

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void anEntrySaysWhatWhereAndWhy() throws IOException {
        Quarantine quarantine = quarantine(NOW);
        await(quarantine.add(List.of(fileEntry(120, "{\"bad\":1}"))));

        String json = Files.readString(dayFile(LocalDate.parse("2026-11-21")));
        assertThat(json).isEqualTo("{\"quarantined_at\":\"2026-11-21T10:00:00Z\",\"source\":\"file\",\"file\":\"" + RECEIPTS
                + "\",\"offset\":120,\"length\":9,\"sha256\":\"" + Hash.of("{\"bad\":1}".getBytes(UTF_8)).hex()
                + "\",\"reason\":\"CONTAINS_SECRET\",\"detail\":\"looks like a key\",\"path\":\"/inputs/x\","
                + "\"line_base64\":\"eyJiYWQiOjF9\",\"truncated\":false}\n");
    }

    @Test
    void aRestartKnowsWhatWasRefusedAndKeepsItOnce() throws IOException {
        await(quarantine(NOW).add(List.of(fileEntry(120, "{\"bad\":1}"), fileEntry(5, "x"), httpEntry("y"))));
        Files.writeString(dayFile(LocalDate.parse("2026-11-21")), "junk\n{\"reason\":", StandardOpenOption.APPEND);

        Quarantine again = quarantine(NOW.plusSeconds(86_400));
        assertThat(again.offsetsOf(RECEIPTS)).containsExactly(5L, 120L);
        assertThat(again.offsetsOf("ide/receipts/other/2026/11/receipts.jsonl")).isEmpty();
        await(again.add(List.of(fileEntry(120, "{\"bad\":1}"), fileEntry(7, "z"))));

        assertThat(again.offsetsOf(RECEIPTS)).containsExactly(5L, 7L, 120L);
        assertThat(again.counts().kept()).isEqualTo(4);
        assertThat(again.counts().byReason()).containsEntry("CONTAINS_SECRET", 4L);
        assertThat(again.list(10, null).entries()).hasSize(4);
    }

    @Test
    void aFragmentThatWasCutOffDoesNotSpoilTheLineThatComesThere() throws IOException {
        Quarantine quarantine = quarantine(NOW);
        TornTail.Fragment fragment = new TornTail.Fragment(root.resolve(RECEIPTS), 40, 3,
                Hash.of("{\"x".getBytes(UTF_8)), "{\"x".getBytes(UTF_8));
        await(quarantine.add(List.of(QuarantineEntry.ofFragment(RECEIPTS, fragment,
                Refusal.of(RefusalReason.TORN_LINE, "torn"), NOW))));

        assertThat(quarantine.offsetsOf(RECEIPTS)).isEmpty();
        assertThat(quarantine.counts().kept()).isEqualTo(1);
    }

    @Test
    void theListingGoesBackInTimePageByPage() throws IOException {
        for (int day = 0; day < 3; day++) {
            Quarantine quarantine = quarantine(NOW.plusSeconds(86_400L * day));
            for (int i = 0; i < 7; i++) {
                await(quarantine.add(List.of(httpEntry("d" + day + "i" + i))));
            }
        }
        Quarantine quarantine = quarantine(NOW);
        List<String> seen = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Quarantine.Page page = quarantine.list(4, cursor);
            assertThat(page.entries()).hasSizeLessThanOrEqualTo(4);
            page.entries().forEach(entry -> seen.add(text(entry)));
            cursor = page.nextCursor();
        } while (cursor != null);

        assertThat(seen).hasSize(21).doesNotHaveDuplicates().startsWith("d2i6", "d2i5").endsWith("d0i1", "d0i0");
        for (String bad : new String[]{"", "x", "2026-11-21", "../../etc.1", "2026-99-99.5"}) {
            assertThatThrownBy(() -> quarantine.list(4, bad)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> quarantine.list(0, null)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ofALongLineTheBeginningIsKept() throws IOException {
        Quarantine quarantine = quarantine(NOW);
        byte[] prefix = "p".repeat(LineReader.PREFIX_BYTES).getBytes(UTF_8);
        Line oversized = new Line.Oversized(9, 100_000_000, Hash.of(prefix), prefix);
        await(quarantine.add(List.of(QuarantineEntry.ofFile(RECEIPTS, oversized, REFUSAL, NOW),
                httpEntry("q".repeat(200_000)))));

        List<QuarantineEntry> entries = quarantine.list(10, null).entries();
        assertThat(entries).allMatch(QuarantineEntry::truncated);
        assertThat(entries.get(1).length()).isEqualTo(100_000_000);
        assertThat(text(entries.get(0))).hasSize(QuarantineEntry.MAX_KEPT_BYTES);
        assertThat(entries.get(0).source()).isEqualTo(Source.HTTP);
    }

    @Test
    void aFloodIsNotedWithoutContentAndThenCounted() throws IOException {
        Quarantine quarantine = Quarantine.open(log, root.resolve("quarantine"), this::dayFile,
                Clock.fixed(NOW, ZoneOffset.UTC), 10_000);
        for (int i = 0; i < 200; i++) {
            await(quarantine.add(List.of(fileEntry(i * 1_001L, i + "x".repeat(900)))));
        }

        assertThat(Files.size(dayFile(LocalDate.parse("2026-11-21")))).isBetween(20_000L, 22_000L);
        Quarantine.Counts counts = quarantine.counts();
        assertThat(counts.kept() + counts.dropped()).isEqualTo(200);
        assertThat(counts.kept()).isGreaterThan(20);
        assertThat(quarantine.list(200, null).entries().get(0).lineBase64()).isNull();
        assertThat(quarantine.offsetsOf(RECEIPTS)).hasSize((int) counts.kept());
    }

    private Quarantine quarantine(Instant now) throws IOException {
        return Quarantine.open(log, root.resolve("quarantine"), this::dayFile, Clock.fixed(now, ZoneOffset.UTC));
    }

    private Path dayFile(LocalDate day) {
        return root.resolve("quarantine").resolve("dt=" + day).resolve("dead-letters.jsonl");
    }

    private static QuarantineEntry fileEntry(long offset, String line) {
        return QuarantineEntry.ofFile(RECEIPTS, new Line.Complete(offset, line.getBytes(UTF_8)), REFUSAL, NOW);
    }

    private static QuarantineEntry httpEntry(String line) {
        return QuarantineEntry.ofHttp(line.getBytes(UTF_8), REFUSAL, NOW);
    }

    private static String text(QuarantineEntry entry) {
        return new String(Base64.getDecoder().decode(entry.lineBase64()), UTF_8);
    }
}
