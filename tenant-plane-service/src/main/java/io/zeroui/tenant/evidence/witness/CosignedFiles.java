package io.zeroui.tenant.evidence.witness;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.NotVerified;
import io.zeroui.contracts.transparency.SignedNote;
import io.zeroui.contracts.transparency.VerifierKey;
import io.zeroui.contracts.witness.AddCheckpoint;
import io.zeroui.runtime.fabric.DurableFiles;
import io.zeroui.tenant.evidence.merkle.PublishedLogs;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files {@code evidence/log/witness/{name}+{key id}}: of each witness the largest checkpoint that it has cosigned, a note with
 * the log's signature and its own. On the disk when a method that wrote one returns. Blocking.
 */
@ApplicationScoped
class CosignedFiles {

    private static final Pattern UNSAFE = Pattern.compile("[^A-Za-z0-9.-]");
    private static final int NAME_MOST = 100;
    private static final int FILES_MOST = 100;

    private final PublishedLogs logs;

    CosignedFiles(PublishedLogs logs) {
        this.logs = logs;
    }

    /** What is there of a witness; empty where there is nothing that it has signed. */
    Optional<SignedNote> find(TenantId tenant, VerifierKey witness) throws IOException {
        return read(file(tenant, witness)).filter(note -> isBy(witness, note));
    }

    /**
     * Keeps a cosigned checkpoint unless there is a larger one.
     *
     * @param note with the signatures of log and witness
     */
    synchronized void keep(TenantId tenant, VerifierKey witness, SignedNote note) throws IOException {
        Optional<SignedNote> before = find(tenant, witness);
        if (before.isEmpty() || size(before.get()) < size(note)) {
            DurableFiles.replace(file(tenant, witness), note.format());
        }
    }

    /** All that is there, of every witness. */
    List<SignedNote> list(TenantId tenant) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.list(folder(tenant))) {
            files = found.filter(file -> !file.getFileName().toString().startsWith(".")).sorted().limit(FILES_MOST).toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        }
        List<SignedNote> notes = new ArrayList<>();
        for (Path file : files) {
            read(file).ifPresent(notes::add);
        }
        return notes;
    }

    /** The name of a file is the witness' with everything replaced that a folder does not take. */
    static String name(VerifierKey witness) {
        String safe = UNSAFE.matcher(witness.name()).replaceAll("_").replaceFirst("^\\.", "_");
        String id = witness.format().substring(witness.name().length() + 1, witness.name().length() + 9);
        return safe.substring(0, Math.min(NAME_MOST, safe.length())) + "+" + id;
    }

    private static boolean isBy(VerifierKey witness, SignedNote note) {
        try {
            return note.verify(List.of(witness)).containsKey(witness);
        } catch (NotVerified e) {
            return false;
        }
    }

    private static long size(SignedNote note) {
        return Checkpoint.parse(note.text()).size();
    }

    /** What somebody else put there, or broke, is replaced by the next cosignature. */
    private static Optional<SignedNote> read(Path file) throws IOException {
        try {
            if (Files.size(file) > AddCheckpoint.MAX_CHECKPOINT_BYTES) {
                return Optional.empty();
            }
            SignedNote note = SignedNote.parse(Files.readAllBytes(file));
            return size(note) < 0 ? Optional.empty() : Optional.of(note);
        } catch (NoSuchFileException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Path file(TenantId tenant, VerifierKey witness) {
        return folder(tenant).resolve(name(witness));
    }

    private Path folder(TenantId tenant) {
        return logs.folder(tenant).resolve("witness");
    }
}
