package io.zeroui.cli.verify;

import io.zeroui.cli.verify.Finding.Kind;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.NotVerified;
import io.zeroui.contracts.transparency.NoteSignature;
import io.zeroui.contracts.transparency.SignedNote;
import io.zeroui.contracts.transparency.VerifierKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Checks the cosigned checkpoints of a log: the log went on from each, and the witnesses that are trusted have signed. Their
 * files say nothing about the log that others could not have written, unless a witness is trusted.
 */
final class WitnessCheck {

    private static final int MAX_BYTES = 1 << 14;
    private static final int FILES_MOST = 1000;
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(24);

    private final Path folder;
    private final Path logFile;
    private final String origin;
    private final @Nullable VerifierKey logKey;
    private final List<VerifierKey> trusted;
    private final Clock clock;
    private final Findings findings;
    private final List<Cosigned> cosigned = new ArrayList<>();
    private final Set<String> unchecked = new LinkedHashSet<>();
    private final Map<VerifierKey, Long> sizes = new HashMap<>();

    /**
     * A check of one log.
     *
     * @param log folder of the log
     * @param logKey null where nobody knows it
     * @param trusted witnesses that must have cosigned
     */
    WitnessCheck(Path log, String origin, @Nullable VerifierKey logKey, List<VerifierKey> trusted, Clock clock, Findings findings) {
        this.folder = log.resolve("witness");
        this.logFile = log.resolve("checkpoint");
        this.origin = origin;
        this.logKey = logKey;
        this.trusted = List.copyOf(trusted);
        this.clock = clock;
        this.findings = findings;
    }

    private record Cosigned(Path file, Checkpoint checkpoint) {
    }

    /** Reads the files; to be called before the journal is read. Returns the sizes at which the root is wanted. */
    Set<Long> begin() throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(file -> !file.getFileName().toString().startsWith(".")).sorted().limit(FILES_MOST)
                        .toList()) {
                    read(file);
                }
            }
        }
        Set<Long> wanted = new LinkedHashSet<>();
        cosigned.forEach(one -> wanted.add(one.checkpoint().size()));
        return wanted;
    }

    /**
     * Compares with the log.
     *
     * @param published lines of the checkpoint; 0 where there is none to be believed
     * @param roots the journal's root hash at the sizes that were wanted, where the journal reaches so far
     */
    void finish(long published, Map<Long, Hash> roots) {
        for (Cosigned one : cosigned) {
            long size = one.checkpoint().size();
            Hash root = roots.get(size);
            if (size > published) {
                findings.add(Kind.WITNESSED_CUT, one.file(), 0,
                        "a witness has cosigned " + size + " lines, the log's checkpoint has " + published);
            } else if (root != null && !root.equals(one.checkpoint().rootHash())) {
                findings.add(Kind.WITNESSED_FORK, one.file(), 0, "the first " + size + " lines are not those that were cosigned");
            }
        }
        for (VerifierKey witness : trusted) {
            if (!sizes.containsKey(witness)) {
                findings.add(Kind.WITNESS_MISSING, logFile, 0, "the witness " + witness + " has not cosigned this log");
            }
        }
    }

    /** Names of witnesses whose cosignatures nobody could check. */
    List<String> unchecked() {
        return List.copyOf(unchecked);
    }

    /** How many lines each trusted witness has cosigned. */
    Map<VerifierKey, Long> sizes() {
        return Map.copyOf(sizes);
    }

    private void read(Path file) {
        try {
            SignedNote note = SignedNote.parse(BoundedFile.read(file, MAX_BYTES));
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            if (!checkpoint.origin().equals(origin)) {
                throw new IllegalArgumentException("it is of the log " + checkpoint.origin() + ", not " + origin);
            }
            if (logKey != null) {
                var unused = note.verify(List.of(logKey));
            }
            checkCosignatures(file, note, checkpoint);
            cosigned.add(new Cosigned(file, checkpoint));
        } catch (IOException | IllegalArgumentException | NotVerified e) {
            findings.add(Kind.COSIGNATURE, file, 0, String.valueOf(e.getMessage()));
        }
    }

    private void checkCosignatures(Path file, SignedNote note, Checkpoint checkpoint) throws NotVerified {
        for (NoteSignature signature : note.signatures()) {
            if (signature.keyName().equals(origin)) {
                continue;
            }
            VerifierKey witness = trusted.stream().filter(key -> key.isNamedBy(signature)).findFirst().orElse(null);
            if (witness == null) {
                unchecked.add(signature.keyName());
                continue;
            }
            var unused = new SignedNote(note.text(), List.of(signature)).verify(List.of(witness));
            if (signature.cosignedAtSeconds() > clock.instant().plus(CLOCKS_DIFFER).getEpochSecond()) {
                findings.add(Kind.COSIGNATURE, file, 0, "it says that it was made in the future, by Unix time "
                        + signature.cosignedAtSeconds());
            }
            sizes.merge(witness, checkpoint.size(), Math::max);
        }
    }
}
