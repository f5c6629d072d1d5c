package io.zeroui.cli.verify;

import static io.zeroui.cli.verify.Finding.Kind.CHECKPOINT;
import static io.zeroui.cli.verify.Finding.Kind.CHECKPOINT_MISSING;
import static io.zeroui.cli.verify.Finding.Kind.COMMITMENT;
import static io.zeroui.cli.verify.Finding.Kind.ERASURE_UNDONE;
import static io.zeroui.cli.verify.Finding.Kind.FORK;
import static io.zeroui.cli.verify.Finding.Kind.JOURNAL_CUT;
import static io.zeroui.cli.verify.Finding.Kind.JOURNAL_DAMAGED;
import static io.zeroui.cli.verify.Finding.Kind.JOURNAL_SEQUENCE;
import static io.zeroui.cli.verify.Finding.Kind.JOURNAL_TIME;
import static io.zeroui.cli.verify.Finding.Kind.KEY_SWAPPED;
import static io.zeroui.cli.verify.Finding.Kind.LINE_BLANKED;
import static io.zeroui.cli.verify.Finding.Kind.LINE_CHANGED;
import static io.zeroui.cli.verify.Finding.Kind.LINE_EXCHANGED;
import static io.zeroui.cli.verify.Finding.Kind.LINE_MISSING;
import static io.zeroui.cli.verify.Finding.Kind.LINE_REFUSED;
import static io.zeroui.cli.verify.Finding.Kind.LINE_UNKNOWN;
import static io.zeroui.cli.verify.Finding.Kind.RECEIPT_TWICE;
import static io.zeroui.cli.verify.Finding.Kind.ROOT;
import static io.zeroui.cli.verify.Finding.Kind.SIGNATURE;
import static io.zeroui.cli.verify.Finding.Kind.TILE;
import static io.zeroui.cli.verify.Finding.Kind.TOMBSTONE_UNSIGNED;
import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.cli.verify.Finding.Kind;
import io.zeroui.cli.verify.LedgerCheck.Verdict;
import io.zeroui.contracts.ledger.Commitment;
import io.zeroui.contracts.ledger.JournalEntry;
import io.zeroui.contracts.ledger.LogOrigin;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.SignedNote;
import io.zeroui.testing.SignedReceipts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Everything that somebody with the files in his hands may do to a ledger is found, and called by its name. */
class TamperingTest {

    private static final Instant MONDAY = Instant.parse("2026-11-16T10:00:00.123Z");
    private static final Instant TUESDAY = Instant.parse("2026-11-17T09:00:00.456Z");

    @TempDir
    private Path folder;

    /** What an attacker does to the files. */
    private interface Attack {
        void on(LedgerOnDisk ledger) throws IOException;
    }

    private static Arguments attack(String name, Kind expected, Attack attack, Kind... also) {
        Set<Kind> kinds = new LinkedHashSet<>(List.of(expected));
        kinds.addAll(List.of(also));
        return Arguments.of(Named.of(name, attack), kinds);
    }

    static Stream<Arguments> attacks() {
        return Stream.concat(Stream.concat(onLines(), onErasures()), Stream.concat(onJournals(), onLogs()));
    }

    private static Stream<Arguments> onLines() {
        return Stream.of(
                attack("a bit in a line", LINE_CHANGED, ledger -> FileEdits.flip(ledger.data(7), ledger.entries.get(6).offset() + 40),
                        COMMITMENT, SIGNATURE, LINE_REFUSED),
                attack("a line feed in the middle", LINE_CHANGED,
                        ledger -> FileEdits.set(ledger.data(7), ledger.entries.get(6).offset() + 30, (byte) '\n'), COMMITMENT, LINE_REFUSED),
                attack("a line feed overwritten", LINE_CHANGED,
                        ledger -> FileEdits.set(ledger.data(7), ledger.entries.get(6).end() - 1, (byte) ' ')),
                attack("two lines exchanged", LINE_CHANGED, ledger -> FileEdits.exchange(ledger.data(7), 3, 4), COMMITMENT, LINE_EXCHANGED),
                attack("the last line removed", LINE_MISSING, ledger -> FileEdits.cutLines(ledger.data(300), 1)),
                attack("an evidence file removed", LINE_MISSING, ledger -> Files.delete(ledger.data(7))),
                attack("a line inserted at the end", LINE_UNKNOWN,
                        ledger -> FileEdits.addLine(ledger.data(300), ledger.emitter.decision("core-api"))),
                attack("a line doubled at the end", LINE_UNKNOWN, ledger -> {
                    List<String> lines = Files.readAllLines(ledger.data(300));
                    FileEdits.addLine(ledger.data(300), lines.get(0).getBytes(StandardCharsets.UTF_8));
                }),
                attack("a file of another repository", LINE_UNKNOWN, ledger -> {
                    Path file = ledger.root.evidenceData(LedgerOnDisk.TENANT, LedgerOnDisk.REGION,
                            io.zeroui.contracts.identity.RepoId.of("planted"), ledger.entries.get(0).day());
                    Files.createDirectories(file.getParent());
                    FileEdits.addLine(file, ledger.emitter.decision("planted"));
                }),
                attack("the emitter's key swapped", KEY_SWAPPED, ledger -> Files.writeString(
                        ledger.root.tenantTrust(LedgerOnDisk.TENANT, LedgerOnDisk.REGION, ledger.emitter.kid()),
                        io.zeroui.contracts.signature.SpkiPem.write(Ed25519.newKeyPair().publicKey()))),
                attack("the emitter's key removed", SIGNATURE, ledger -> Files.delete(
                        ledger.root.tenantTrust(LedgerOnDisk.TENANT, LedgerOnDisk.REGION, ledger.emitter.kid()))));
    }

    private static Stream<Arguments> onErasures() {
        return Stream.of(
                attack("a line blanked without a tombstone", LINE_BLANKED, ledger -> ledger.blank(7)),
                attack("a line and its journal line blanked without a tombstone", LINE_BLANKED, ledger -> {
                    ledger.blank(7);
                    ledger.blankInJournal(7);
                }),
                attack("a line filled with spaces", LINE_CHANGED, ledger -> FileEdits.overwrite(ledger.data(7),
                        ledger.entries.get(6).offset(), " ".repeat(ledger.entries.get(6).length()).getBytes(StandardCharsets.UTF_8)),
                        COMMITMENT, LINE_REFUSED),
                attack("a tombstone for a line that is there", ERASURE_UNDONE, ledger -> ledger.log(List.of(ledger.bury(7, TUESDAY)))),
                attack("an erased line put back", ERASURE_UNDONE, ledger -> {
                    byte[] before = Files.readAllBytes(ledger.data(7));
                    ledger.erase(7, TUESDAY);
                    Files.write(ledger.data(7), before);
                }),
                attack("an erased line and its journal line put back", ERASURE_UNDONE, ledger -> {
                    byte[] before = Files.readAllBytes(ledger.data(7));
                    byte[] journal = Files.readAllBytes(ledger.journal(7));
                    ledger.erase(7, TUESDAY);
                    Files.write(ledger.data(7), before);
                    Files.write(ledger.journal(7), journal);
                }),
                attack("an erased line's hash and salt put back", ERASURE_UNDONE, ledger -> {
                    byte[] journal = Files.readAllBytes(ledger.journal(7));
                    ledger.erase(7, TUESDAY);
                    Files.write(ledger.journal(7), journal);
                }),
                attack("a line erased with a tombstone of one's own", TOMBSTONE_UNSIGNED, ledger -> {
                    var unused = ledger.bury(7, TUESDAY);
                    ledger.blank(7);
                    ledger.blankInJournal(7);
                }),
                attack("another line's tombstone", LINE_BLANKED, ledger -> {
                    ledger.log(List.of(ledger.bury(9, TUESDAY)));
                    ledger.blank(7);
                    ledger.blankInJournal(7);
                }, ERASURE_UNDONE),
                attack("a tombstone's reason changed", COMMITMENT, ledger -> {
                    ledger.erase(7, TUESDAY);
                    Files.writeString(ledger.journal(300), Files.readString(ledger.journal(300)).replace("key:test", "key:best"));
                }),
                attack("a tombstone cut off", JOURNAL_CUT, ledger -> {
                    ledger.erase(7, TUESDAY);
                    FileEdits.cutLines(ledger.journal(300), 1);
                }, LINE_BLANKED),
                attack("something written behind an erased line", ERASURE_UNDONE, ledger -> {
                    ledger.erase(7, TUESDAY);
                    FileEdits.set(ledger.data(7), ledger.entries.get(6).end() - 3, (byte) '\t');
                }),
                attack("the commitment of an erased line changed", TILE, ledger -> {
                    ledger.erase(7, TUESDAY);
                    String hex = ledger.entries.get(6).committed().hex();
                    Files.writeString(ledger.journal(7), Files.readString(ledger.journal(7)).replace(hex, "00" + hex.substring(2)));
                }, ROOT));
    }

    @Test
    void whatIsErasedByATombstoneIsNoFindingAndIsCounted() throws IOException {
        LedgerOnDisk ledger = ledger();
        Checkpoint kept = checkpoint(ledger);
        ledger.erase(7, TUESDAY).erase(300, TUESDAY).erase(1, TUESDAY.plusSeconds(1)).batch(10, TUESDAY.plusSeconds(2));

        Verdict verdict = check(ledger, kept);

        assertThat(verdict.first()).isEmpty();
        assertThat(verdict.erased()).isEqualTo(3);
        assertThat(verdict.lines()).isEqualTo(313);
    }

    private static Stream<Arguments> onJournals() {
        return Stream.of(
                attack("a journal line removed", JOURNAL_SEQUENCE, ledger -> FileEdits.removeLine(ledger.journal(7), 6), LINE_UNKNOWN,
                        TILE, ROOT, JOURNAL_CUT),
                attack("a journal line doubled", JOURNAL_SEQUENCE, ledger -> FileEdits.insert(ledger.journal(7), 6, 6), RECEIPT_TWICE,
                        LINE_UNKNOWN, TILE, ROOT),
                attack("journal lines reordered", JOURNAL_SEQUENCE, ledger -> FileEdits.exchange(ledger.journal(7), 3, 5), LINE_UNKNOWN,
                        JOURNAL_TIME, TILE, ROOT),
                attack("the journal's tail cut", JOURNAL_CUT, ledger -> FileEdits.cutLines(ledger.journal(300), 2), LINE_UNKNOWN),
                attack("the tails of journal and file cut", JOURNAL_CUT, ledger -> {
                    FileEdits.cutLines(ledger.journal(300), 2);
                    FileEdits.cutLines(ledger.data(300), 1);
                    FileEdits.cutLines(ledger.data(299), 1);
                }),
                attack("a day of the journal removed", JOURNAL_SEQUENCE, ledger -> Files.delete(ledger.journal(7)), LINE_UNKNOWN,
                        TILE, ROOT, JOURNAL_CUT),
                attack("a journal line that is none", JOURNAL_DAMAGED, ledger -> FileEdits.replaceLine(ledger.journal(7), 6, "{}"),
                        JOURNAL_SEQUENCE, LINE_UNKNOWN, TILE, ROOT, JOURNAL_CUT),
                attack("a torn journal line", JOURNAL_DAMAGED, ledger -> Files.write(ledger.journal(300),
                        "{\"v\":1".getBytes(StandardCharsets.UTF_8), java.nio.file.StandardOpenOption.APPEND)),
                attack("the clock set back in a journal line", JOURNAL_TIME, ledger -> Forgeries.rewrite(ledger, 7, entry -> new JournalEntry(
                        entry.sequence(), entry.receiptId(), entry.repoId(), entry.day(), entry.offset(), entry.length(),
                        entry.hash(), entry.receivedAt().minusSeconds(60), entry.commitment(), null)), TILE, ROOT),
                attack("a line changed with its hash in the journal", COMMITMENT, Forgeries::changeWithHash, SIGNATURE),
                attack("a line changed with hash and commitment", SIGNATURE, Forgeries::changeWithCommitment, TILE, ROOT),
                attack("a line signed anew with hash and commitment", TILE, Forgeries::signAnew, ROOT, LINE_EXCHANGED),
                attack("a salt exchanged", COMMITMENT, ledger -> Forgeries.rewrite(ledger, 7, entry -> new JournalEntry(entry.sequence(),
                        entry.receiptId(), entry.repoId(), entry.day(), entry.offset(), entry.length(), entry.hash(),
                        entry.receivedAt(), new Commitment(io.zeroui.contracts.ledger.Salt.random(), entry.commitment().value()),
                        null))),
                attack("a quarantined line promoted", LINE_REFUSED, ledger -> {
                    JournalEntry entry = ledger.store(ledger.emitter.decision("core-api", SignedReceipts.newId(),
                            receipt -> receipt.withObject("/decision").put("rationale", "ask jane.doe@example.com")), TUESDAY);
                    ledger.journal(entry);
                }));
    }

    private static Stream<Arguments> onLogs() {
        return Stream.of(
                attack("a bit in a tile", TILE, ledger -> FileEdits.flip(ledger.log().resolve("tile/0/000"), 77)),
                attack("a bit in a partial tile", TILE, ledger -> FileEdits.flip(ledger.log().resolve("tile/0/001.p/44"), 5)),
                attack("a bit in an upper tile", TILE, ledger -> FileEdits.flip(ledger.log().resolve("tile/1/000.p/1"), 5)),
                attack("a bit in an entry bundle", TILE, ledger -> FileEdits.flip(ledger.log().resolve("tile/entries/000"), 777)),
                attack("a tile cut", TILE, ledger -> {
                    Path tile = ledger.log().resolve("tile/0/000");
                    Files.write(tile, Arrays.copyOf(Files.readAllBytes(tile), 32 * 100));
                }),
                attack("a tile removed", TILE, ledger -> Files.delete(ledger.log().resolve("tile/entries/000"))),
                attack("the checkpoint removed", CHECKPOINT_MISSING, ledger -> Files.delete(ledger.checkpoint()), FORK),
                attack("a bit in the checkpoint's signature", CHECKPOINT, ledger -> {
                    String note = Files.readString(ledger.checkpoint());
                    int at = note.length() - 20;
                    char other = note.charAt(at) == 'A' ? 'B' : 'A';
                    Files.writeString(ledger.checkpoint(), note.substring(0, at) + other + note.substring(at + 1));
                }, FORK),
                attack("the checkpoint's size changed", CHECKPOINT, ledger -> Files.writeString(ledger.checkpoint(),
                        Files.readString(ledger.checkpoint()).replace("\n300\n", "\n299\n")), FORK),
                attack("an old checkpoint replayed and the rest cut off", JOURNAL_CUT, ledger -> {
                    Files.write(ledger.checkpoint(), ledger.notes.get(1));
                    Files.delete(ledger.journal(300));
                    Files.delete(ledger.data(300));
                    Files.delete(ledger.data(299));
                }, FORK),
                attack("bytes behind a partial tile", TILE, ledger -> Files.write(ledger.log().resolve("tile/1/000.p/1"), new byte[32],
                        java.nio.file.StandardOpenOption.APPEND)),
                attack("the checkpoint as large as a disk", CHECKPOINT, ledger -> {
                    try (var file = new java.io.RandomAccessFile(ledger.checkpoint().toFile(), "rw")) {
                        file.setLength(10L << 30);
                    }
                }, FORK),
                attack("a line without end promised", JOURNAL_DAMAGED, ledger -> FileEdits.replaceLine(ledger.journal(7), 6,
                        Files.readAllLines(ledger.journal(7)).get(6).replaceFirst("\"length\":\\d+", "\"length\":2147483647")),
                        JOURNAL_SEQUENCE, LINE_UNKNOWN),
                attack("the log's key swapped", CHECKPOINT, ledger -> {
                    var other = new LedgerOnDisk(ledger.root.path().resolve("other"), Ed25519.newKeyPair());
                    Checkpoint own = Checkpoint.parse(SignedNote.parse(Files.readAllBytes(ledger.checkpoint())).text());
                    Files.write(ledger.checkpoint(), other.note(own.size(), own.rootHash()));
                }, FORK),
                attack("another root signed with the log's key", ROOT,
                        ledger -> Files.write(ledger.checkpoint(), ledger.note(300, Hash.of(new byte[1]))), FORK),
                attack("more lines promised than there are", JOURNAL_CUT,
                        ledger -> Files.write(ledger.checkpoint(), ledger.note(301, Hash.of(new byte[1])))));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void whatWasDoneIsFoundAndNamed(Attack attack, Set<Kind> expected) throws IOException {
        LedgerOnDisk ledger = ledger();
        Checkpoint kept = checkpoint(ledger);
        assertThat(check(ledger, kept).first()).as("before").isEmpty();

        attack.on(ledger);
        Verdict verdict = check(ledger, kept);

        assertThat(verdict.isGood()).isFalse();
        Set<Kind> found = EnumSet.noneOf(Kind.class);
        verdict.first().forEach(finding -> found.add(finding.kind()));
        assertThat(found).isSubsetOf(expected);
        assertThat(found).contains(expected.iterator().next());
    }

    @Test
    void everyKindOfAttackIsTried() {
        assertThat(attacks().count()).isGreaterThanOrEqualTo(48);
    }

    @Test
    void everythingSetBackTogetherIsFoundByACheckpointThatWasKept() throws IOException {
        LedgerOnDisk ledger = ledger();
        Checkpoint kept = checkpoint(ledger);
        Path other = folder.resolve("older");
        LedgerOnDisk older = new LedgerOnDisk(other, ledger.logKey).batch(200, MONDAY);

        assertThat(check(older, null).isGood()).isTrue();
        assertThat(check(older, kept).first()).extracting(Finding::kind).containsExactly(FORK);
    }

    @Test
    void aForkIsFoundByACheckpointThatWasKept() throws IOException {
        LedgerOnDisk ledger = ledger();
        Checkpoint kept = checkpoint(ledger);
        LedgerOnDisk fork = new LedgerOnDisk(folder.resolve("fork"), ledger.logKey).batch(400, MONDAY);

        assertThat(check(fork, null).isGood()).isTrue();
        assertThat(check(fork, kept).first()).extracting(Finding::kind).containsExactly(FORK);
    }

    @Test
    void aLedgerThatHasGrownIsGood() throws IOException {
        LedgerOnDisk ledger = ledger();
        Checkpoint kept = checkpoint(ledger);
        ledger.batch(700, TUESDAY).batch(1, TUESDAY.plusSeconds(9));

        Verdict verdict = check(ledger, kept);

        assertThat(verdict.first()).isEmpty();
        assertThat(verdict.lines()).isEqualTo(1001);
        assertThat(verdict.logged()).isEqualTo(1001);
    }

    @Test
    void linesThatNoCheckpointHasYetAreNoFinding() throws IOException {
        LedgerOnDisk ledger = ledger();
        ledger.journal(ledger.store(ledger.emitter.decision("core-api"), TUESDAY));

        Verdict verdict = check(ledger, null);

        assertThat(verdict.first()).isEmpty();
        assertThat(verdict.lines()).isEqualTo(301);
        assertThat(verdict.logged()).isEqualTo(300);
    }

    @Test
    void anUpperTileThatNoLastBatchTouchedIsChecked() throws IOException {
        LedgerOnDisk ledger = new LedgerOnDisk(folder.resolve("big")).batch(16_384, MONDAY).batch(1, MONDAY.plusSeconds(1));
        assertThat(check(ledger, null).first()).isEmpty();

        FileEdits.flip(ledger.log().resolve("tile/1/000.p/64"), 9);

        assertThat(check(ledger, null).first()).extracting(Finding::kind).containsOnly(TILE);
    }

    /** A line is in its file before the journal has it, and in the journal before the log. */
    @Test
    void aLedgerInUseIsGood() throws Exception {
        LedgerOnDisk ledger = ledger();
        AtomicBoolean done = new AtomicBoolean();
        var writer = CompletableFuture.runAsync(() -> write(ledger, done));
        try {
            for (int i = 0; i < 4; i++) {
                assertThat(checkNow(ledger, null).first()).isEmpty();
            }
        } finally {
            done.set(true);
            writer.join();
        }
        assertThat(ledger.entries).hasSizeGreaterThan(400);
    }

    private static void write(LedgerOnDisk ledger, AtomicBoolean done) {
        try {
            while (!done.get()) {
                JournalEntry entry = ledger.store(ledger.emitter.decision("core-api"), TUESDAY);
                Thread.sleep(5);
                ledger.journal(entry);
                Thread.sleep(5);
                ledger.log(List.of(entry));
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private LedgerOnDisk ledger() throws IOException {
        return new LedgerOnDisk(folder.resolve("zu")).batch(5, MONDAY).batch(120, MONDAY.plusSeconds(1)).batch(175, TUESDAY);
    }

    /** As if nothing had been written just now, so that nothing has to settle. */
    static Verdict check(LedgerOnDisk ledger, @Nullable Checkpoint kept) throws IOException {
        try (Stream<Path> files = Files.walk(ledger.root.path())) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(TUESDAY));
            }
        }
        return checkNow(ledger, kept);
    }

    private static Checkpoint checkpoint(LedgerOnDisk ledger) throws IOException {
        return Checkpoint.parse(SignedNote.parse(Files.readAllBytes(ledger.checkpoint())).text());
    }

    private static Verdict checkNow(LedgerOnDisk ledger, @Nullable Checkpoint kept) throws IOException {
        return new LedgerCheck(ledger.root, LedgerOnDisk.REGION, LogOrigin.DEFAULT_PREFIX).check(LedgerOnDisk.TENANT,
                ledger.vkey, kept, List.of(), lines -> {
                });
    }
}
