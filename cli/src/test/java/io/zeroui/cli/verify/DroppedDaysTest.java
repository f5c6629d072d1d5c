package io.zeroui.cli.verify;

import static io.zeroui.cli.verify.Finding.Kind.BASE;
import static io.zeroui.cli.verify.Finding.Kind.DROP_UNDONE;
import static io.zeroui.cli.verify.Finding.Kind.DROP_UNSIGNED;
import static io.zeroui.cli.verify.Finding.Kind.FORK;
import static io.zeroui.cli.verify.Finding.Kind.JOURNAL_SEQUENCE;
import static io.zeroui.cli.verify.Finding.Kind.LINE_UNKNOWN;
import static io.zeroui.cli.verify.Finding.Kind.ROOT;
import static io.zeroui.cli.verify.Finding.Kind.TILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.cli.verify.Finding.Kind;
import io.zeroui.cli.verify.LedgerCheck.Verdict;
import io.zeroui.contracts.ledger.JournalEntry;
import io.zeroui.contracts.ledger.LogOrigin;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.SignedNote;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A ledger whose oldest days were dropped is good, and only one whose own log says so. */
class DroppedDaysTest {

    private static final Instant MONDAY = Instant.parse("2026-11-16T10:00:00.123Z");
    private static final Instant TUESDAY = Instant.parse("2026-11-17T09:00:00.456Z");
    private static final LocalDate TUESDAYS = LocalDate.parse("2026-11-17");

    @TempDir
    private Path folder;

    /** What an attacker does to the files. */
    private interface Attack {
        void on(LedgerOnDisk ledger) throws IOException;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 255, 256, 257, 512, 700})
    void aLedgerWithoutItsOldestDaysIsGood(int monday) throws IOException {
        LedgerOnDisk ledger = new LedgerOnDisk(folder).batch(monday, MONDAY).batch(300, TUESDAY);
        Checkpoint before = Checkpoint.parse(SignedNote.parse(ledger.notes.get(0)).text());
        ledger.drop(TUESDAYS, TUESDAY.plusSeconds(1)).batch(3, TUESDAY.plusSeconds(2));

        Verdict verdict = TamperingTest.check(ledger, before);

        assertThat(verdict.first()).isEmpty();
        assertThat(verdict.lines()).isEqualTo(304);
        assertThat(verdict.logged()).isEqualTo(monday + 304L);
        assertThat(verdict.start().sequence()).isEqualTo(monday);
        assertThat(verdict.start().act()).isEqualTo(monday + 301L);
    }

    /** The log had other sizes when it was signed than the one at which the days end. */
    @ParameterizedTest
    @CsvSource({"40,60", "300,300", "256,10", "100,700", "700,1"})
    void noCheckpointNeedHaveEndedWithTheDay(int monday, int tuesday) throws IOException {
        LedgerOnDisk ledger = new LedgerOnDisk(folder);
        List<JournalEntry> added = new ArrayList<>();
        for (int i = 0; i < monday + tuesday; i++) {
            JournalEntry entry = ledger.store(ledger.emitter.decision("core-api"), i < monday ? MONDAY : TUESDAY);
            ledger.journal(entry);
            added.add(entry);
        }
        ledger.log(added);

        Verdict verdict = TamperingTest.check(ledger.drop(TUESDAYS, TUESDAY.plusSeconds(1)), null);

        assertThat(verdict.first()).isEmpty();
        assertThat(verdict.start().sequence()).isEqualTo(monday);
    }

    @Test
    void aHashFarFromTheDroppedEndIsChecked() throws IOException {
        LedgerOnDisk ledger = new LedgerOnDisk(folder).batch(700, MONDAY).batch(5, TUESDAY).drop(TUESDAYS, TUESDAY.plusSeconds(1));
        FileEdits.flip(ledger.log().resolve("tile/0/000"), 77);

        assertThat(TamperingTest.check(ledger, null).first()).extracting(Finding::kind).contains(TILE);
    }

    @Test
    void aLedgerWhoseDaysAreDroppedWhileItIsReadIsGood() throws IOException {
        LedgerOnDisk ledger = new LedgerOnDisk(folder).batch(4_200, MONDAY).batch(20, TUESDAY);
        AtomicBoolean dropped = new AtomicBoolean();

        Verdict verdict = new LedgerCheck(ledger.root, LedgerOnDisk.REGION, LogOrigin.DEFAULT_PREFIX).check(LedgerOnDisk.TENANT, ledger.vkey,
                null, List.of(), lines -> {
                    if (!dropped.getAndSet(true)) {
                        drop(ledger);
                    }
                });

        assertThat(dropped).isTrue();
        assertThat(verdict.first()).isEmpty();
        assertThat(verdict.start().sequence()).isEqualTo(4_200);
    }

    private static void drop(LedgerOnDisk ledger) {
        try {
            assertThat(ledger.drop(TUESDAYS, Instant.now())).isSameAs(ledger);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anErasedLineThatIsDroppedIsGood() throws IOException {
        LedgerOnDisk ledger = ledger().erase(7, TUESDAY.plusSeconds(1)).drop(TUESDAYS, TUESDAY.plusSeconds(2));

        assertThat(TamperingTest.check(ledger, null).first()).isEmpty();
    }

    @Test
    void aBaseThatNoLineNamesIsOfACrash() throws IOException {
        LedgerOnDisk ledger = ledger();
        Path other = folder.resolve("other");
        LedgerOnDisk twin = new LedgerOnDisk(other).batch(5, MONDAY).batch(5, TUESDAY);
        twin.log(List.of(twin.sayDropped(TUESDAYS, TUESDAY)));
        Files.createDirectories(ledger.base(5).getParent());
        Files.copy(twin.base(5), ledger.base(5));

        Verdict verdict = TamperingTest.check(ledger, null);

        assertThat(verdict.first()).isEmpty();
        assertThat(verdict.start().sequence()).isZero();
    }

    @Test
    void aForkBeforeTheDroppedLinesIsFound() throws IOException {
        LedgerOnDisk stranger = new LedgerOnDisk(folder.resolve("stranger")).batch(5, MONDAY);
        Checkpoint other = Checkpoint.parse(SignedNote.parse(stranger.notes.get(0)).text());

        assertThat(TamperingTest.check(ledger().drop(TUESDAYS, TUESDAY), other).first()).extracting(Finding::kind).containsExactly(FORK);
    }

    static Stream<Arguments> attacks() {
        return Stream.of(attack("the base removed", JOURNAL_SEQUENCE, ledger -> Files.delete(ledger.base(125))),
                attack("the base changed", BASE, ledger -> {
                    String text = Files.readString(ledger.base(125));
                    Files.writeString(ledger.base(125), text.replace("\"links\":0", "\"links\": 0"));
                }),
                attack("the base's root changed", TILE, ledger -> {
                    String text = Files.readString(ledger.base(125));
                    Files.writeString(ledger.base(125), text.replaceAll("\"log_root\":\"..", "\"log_root\":\"00"));
                }, BASE),
                attack("the base cut", JOURNAL_SEQUENCE, ledger -> {
                    String text = Files.readString(ledger.base(125));
                    Files.writeString(ledger.base(125), text.substring(0, text.length() - 5));
                }, BASE),
                attack("a base that says more is dropped", JOURNAL_SEQUENCE, ledger -> {
                    String text = Files.readString(ledger.base(125));
                    Files.writeString(ledger.base(126), text.replace("\"sequence\":125", "\"sequence\":126"));
                    Files.delete(ledger.base(125));
                }),
                attack("the first kept line removed", JOURNAL_SEQUENCE, ledger -> {
                    List<String> lines = Files.readAllLines(ledger.journal(126));
                    Files.write(ledger.journal(126), lines.subList(1, lines.size()));
                }, LINE_UNKNOWN),
                attack("a hash of the dropped lines changed", TILE, ledger -> FileEdits.flip(ledger.log().resolve("tile/0/000"), 9)),
                attack("a dropped day of the journal put back", DROP_UNDONE, ledger -> Files.writeString(ledger.journal(1), "{}\n")),
                attack("a dropped evidence file put back", DROP_UNDONE, ledger -> Files.write(ledger.data(1), ledger.emitter.decision("core-api"))));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void whatIsDoneToTheFilesIsFound(Attack attack, Set<Kind> kinds) throws IOException {
        LedgerOnDisk ledger = new LedgerOnDisk(folder).batch(125, MONDAY).batch(175, TUESDAY).drop(TUESDAYS, TUESDAY.plusSeconds(1));
        assertThat(TamperingTest.check(ledger, null).first()).isEmpty();

        attack.on(ledger);

        Verdict verdict = TamperingTest.check(ledger, null);
        assertThat(verdict.first()).extracting(Finding::kind).contains(kinds.iterator().next()).isSubsetOf(union(kinds));
    }

    /** Whoever removes days and says so himself has no signature of the log. */
    @Test
    void daysThatSomebodyElseDropsAreFound() throws IOException {
        LedgerOnDisk ledger = ledger();
        byte[] note = Files.readAllBytes(ledger.checkpoint());
        ledger.drop(TUESDAYS, TUESDAY.plusSeconds(1));
        Files.write(ledger.checkpoint(), note);

        assertThat(TamperingTest.check(ledger, null).first()).extracting(Finding::kind).contains(DROP_UNSIGNED);
    }

    @Test
    void daysThatNobodyDroppedAreMissed() throws IOException {
        LedgerOnDisk ledger = ledger();
        Files.delete(ledger.journal(1));

        assertThat(TamperingTest.check(ledger, null).first()).extracting(Finding::kind).contains(JOURNAL_SEQUENCE);
    }

    private LedgerOnDisk ledger() throws IOException {
        return new LedgerOnDisk(folder.resolve("zu")).batch(125, MONDAY).batch(175, TUESDAY);
    }

    private static Set<Kind> union(Set<Kind> kinds) {
        Set<Kind> all = EnumSet.of(JOURNAL_SEQUENCE, ROOT);
        all.addAll(kinds);
        return all;
    }

    private static Arguments attack(String name, Kind expected, Attack attack, Kind... also) {
        Set<Kind> kinds = new LinkedHashSet<>(List.of(expected));
        kinds.addAll(List.of(also));
        return Arguments.of(Named.of(name, attack), kinds);
    }
}
