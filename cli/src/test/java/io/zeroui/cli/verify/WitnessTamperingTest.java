package io.zeroui.cli.verify;

import static io.zeroui.cli.verify.Finding.Kind.COSIGNATURE;
import static io.zeroui.cli.verify.Finding.Kind.JOURNAL_CUT;
import static io.zeroui.cli.verify.Finding.Kind.WITNESSED_CUT;
import static io.zeroui.cli.verify.Finding.Kind.WITNESSED_FORK;
import static io.zeroui.cli.verify.Finding.Kind.WITNESS_MISSING;
import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.cli.verify.Finding.Kind;
import io.zeroui.cli.verify.LedgerCheck.Verdict;
import io.zeroui.contracts.ledger.LogOrigin;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import io.zeroui.contracts.transparency.NoteSignature;
import io.zeroui.contracts.transparency.SignedNote;
import io.zeroui.contracts.transparency.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a trusted witness has cosigned binds the log: also where all files were set back, cut or forged together. */
class WitnessTamperingTest {

    private static final Instant MONDAY = Instant.parse("2026-11-16T10:00:00.123Z");
    private static final Ed25519KeyPair KEY = Ed25519.newKeyPair();
    private static final Ed25519KeyPair OTHER = Ed25519.newKeyPair();
    private static final VerifierKey WITNESS = witness("w.example/one", KEY);

    @TempDir
    private Path folder;

    private interface Attack {
        void on(LedgerOnDisk ledger, Path folder) throws IOException;
    }

    static Stream<Arguments> attacks() {
        return Stream.of(
                attack("a bit of the cosignature", Set.of(COSIGNATURE, WITNESS_MISSING), (ledger, folder) -> {
                    String note = Files.readString(ledger.witnessFile());
                    int at = note.length() - 20;
                    Files.writeString(ledger.witnessFile(),
                            note.substring(0, at) + (note.charAt(at) == 'A' ? 'B' : 'A') + note.substring(at + 1));
                }),
                attack("the cosignature removed", Set.of(WITNESS_MISSING), (ledger, folder) -> Files.delete(ledger.witnessFile())),
                attack("the cosignature taken out of its note", Set.of(WITNESS_MISSING),
                        (ledger, folder) -> Files.write(ledger.witnessFile(), ledger.notes.get(1))),
                attack("ledger and log cut, the cosignature left", Set.of(WITNESSED_CUT), (ledger, folder) -> {
                    LedgerOnDisk shorter = older(ledger, folder);
                    move(shorter, ledger);
                }),
                attack("ledger and log forged with the log's key", Set.of(WITNESSED_FORK), (ledger, folder) -> {
                    LedgerOnDisk fork = new LedgerOnDisk(folder.resolve("fork"), ledger.logKey).batch(400, MONDAY);
                    move(fork, ledger);
                }),
                attack("an old checkpoint replayed beside the cosignature", Set.of(WITNESSED_CUT, JOURNAL_CUT),
                        (ledger, folder) -> Files.write(ledger.checkpoint(), ledger.notes.get(0))),
                attack("the witness' key swapped", Set.of(WITNESS_MISSING),
                        (ledger, folder) -> ledger.cosigned(1, witness("w.example/one", OTHER), OTHER, MONDAY)),
                attack("another key under the witness' name and id", Set.of(COSIGNATURE, WITNESS_MISSING), (ledger, folder) -> {
                    SignedNote forged = SignedNote.parse(Files.readAllBytes(
                            ledger.cosigned(1, witness("w.example/one", OTHER), OTHER, MONDAY)));
                    NoteSignature named = new NoteSignature(WITNESS.name(), WITNESS.id(), forged.signatures().get(1).bytes());
                    Files.write(ledger.witnessFile(), SignedNote.parse(ledger.notes.get(1)).with(named).format());
                }),
                attack("a cosignature of tomorrow's tomorrow", Set.of(COSIGNATURE),
                        (ledger, folder) -> ledger.cosigned(1, WITNESS, KEY, Instant.now().plus(Duration.ofDays(2)))),
                attack("a cosignature of another log's key", Set.of(COSIGNATURE, WITNESS_MISSING), (ledger, folder) -> {
                    LedgerOnDisk other = new LedgerOnDisk(folder.resolve("other")).batch(5, MONDAY).batch(120, MONDAY);
                    Files.copy(other.cosigned(1, WITNESS, KEY, MONDAY), ledger.witnessFile(),
                            java.nio.file.StandardCopyOption.REPLACE_EXISTING);
                }),
                attack("a file as large as a disk", Set.of(COSIGNATURE, WITNESS_MISSING), (ledger, folder) -> {
                    try (var file = new java.io.RandomAccessFile(ledger.witnessFile().toFile(), "rw")) {
                        file.setLength(10L << 30);
                    }
                }));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void whatAWitnessHasSeenCannotBeUndone(Attack attack, Set<Kind> expected) throws IOException {
        LedgerOnDisk ledger = ledger();
        ledger.cosigned(1, WITNESS, KEY, MONDAY);
        Verdict before = check(ledger, List.of(WITNESS));
        assertThat(before.first()).isEmpty();
        assertThat(before.witnessed()).containsEntry(WITNESS, 125L);

        attack.on(ledger, folder);

        Set<Kind> found = EnumSet.noneOf(Kind.class);
        check(ledger, List.of(WITNESS)).first().forEach(finding -> found.add(finding.kind()));
        assertThat(found).isNotEmpty().isSubsetOf(expected).contains(expected.size() == 1 ? expected.iterator().next()
                : expected.contains(COSIGNATURE) ? COSIGNATURE : WITNESSED_CUT);
    }

    @Test
    void aLogThatWentOnFromItsCosignatureIsGoodAndAWitnessThatNobodyKnowsIsNamed() throws IOException {
        LedgerOnDisk ledger = ledger().batch(300, MONDAY.plusSeconds(9));
        ledger.cosigned(1, WITNESS, KEY, MONDAY);

        Verdict verdict = check(ledger, List.of());

        assertThat(verdict.first()).isEmpty();
        assertThat(verdict.unchecked()).containsExactly("w.example/one");
        assertThat(check(ledger, List.of(WITNESS)).first()).isEmpty();
        assertThat(check(ledger, List.of(WITNESS, witness("w.example/two", OTHER))).first()).extracting(Finding::kind)
                .containsExactly(WITNESS_MISSING);
    }

    @Test
    void withoutAnyKeyTheLogStillMustHaveWhatTheFileSays() throws IOException {
        LedgerOnDisk ledger = ledger();
        ledger.cosigned(1, WITNESS, KEY, MONDAY);
        LedgerOnDisk shorter = older(ledger, folder);
        move(shorter, ledger);

        assertThat(check(ledger, List.of()).first()).extracting(Finding::kind).containsExactly(WITNESSED_CUT);
    }

    private LedgerOnDisk ledger() throws IOException {
        return new LedgerOnDisk(folder.resolve("zu")).batch(5, MONDAY).batch(120, MONDAY.plusSeconds(1));
    }

    /** The same log, of which somebody has cut the tail everywhere. */
    private static LedgerOnDisk older(LedgerOnDisk ledger, Path folder) throws IOException {
        return new LedgerOnDisk(folder.resolve("older"), ledger.logKey).batch(5, MONDAY);
    }

    /** Puts other files in the place of the ledger's; those of the witness stay. */
    private static void move(LedgerOnDisk other, LedgerOnDisk ledger) throws IOException {
        byte[] cosigned = Files.readAllBytes(ledger.witnessFile());
        delete(ledger.root.path());
        Files.move(other.root.path(), ledger.root.path());
        Files.createDirectories(ledger.witnessFile().getParent());
        Files.write(ledger.witnessFile(), cosigned);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static Arguments attack(String name, Set<Kind> expected, Attack attack) {
        return Arguments.of(Named.of(name, attack), expected);
    }

    private static VerifierKey witness(String name, Ed25519KeyPair key) {
        return new VerifierKey(name, VerifierKey.COSIGNATURE_V1, key.publicKey());
    }

    private static Verdict check(LedgerOnDisk ledger, List<VerifierKey> witnesses) throws IOException {
        try (Stream<Path> files = Files.walk(ledger.root.path())) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(MONDAY));
            }
        }
        return new LedgerCheck(ledger.root, LedgerOnDisk.REGION, LogOrigin.DEFAULT_PREFIX).check(LedgerOnDisk.TENANT,
                ledger.vkey, null, witnesses, lines -> {
                });
    }
}
