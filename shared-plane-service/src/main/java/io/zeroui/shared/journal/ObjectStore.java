package io.zeroui.shared.journal;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.fabric.DurableFiles;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Supplier;

/**
 * Documents that acts name, by their SHA-256: {@code objects/{2 hex}/{64 hex}} in an area. The same content is one file, which never
 * changes. A document is on the disk before the act that names it; one that no act names was left by a crash and does no harm.
 */
@ApplicationScoped
public class ObjectStore {

    private static final int FOLDER_DIGITS = 2;

    private final JournalFolders folders;

    ObjectStore(JournalFolders folders) {
        this.folders = folders;
    }

    /** Keeps a document; it is on the disk when the item comes. */
    public Uni<StoredObject> store(Area area, byte[] content) {
        return onWorker(() -> {
            Hash hash = Hash.of(content);
            try {
                boolean fresh = DurableFiles.writeNew(path(area, hash), content);
                return new StoredObject(hash, content.length, fresh);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Keeps what is in a file, which stays as it is and which nobody may change meanwhile. */
    public Uni<StoredObject> store(Area area, Path file) {
        return onWorker(() -> {
            try {
                return kept(area, file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private StoredObject kept(Area area, Path file) throws IOException {
        Path folder = folders.of(area).resolve("objects");
        DurableFiles.createFolders(folder);
        Path temporary = Files.createTempFile(folder, ".object-", ".tmp");
        try {
            Hash hash = copy(file, temporary);
            DurableFiles.sync(temporary);
            Path target = path(area, hash);
            Path parent = target.resolveSibling("");
            DurableFiles.createFolders(parent);
            boolean fresh = link(target, temporary);
            if (fresh) {
                DurableFiles.syncFolder(parent);
            }
            return new StoredObject(hash, Files.size(temporary), fresh);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static boolean link(Path target, Path temporary) throws IOException {
        try {
            Path linked = Files.createLink(target, temporary);
            return linked.equals(target);
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private static Hash copy(Path from, Path to) throws IOException {
        MessageDigest digest = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(from), digest); OutputStream out = Files.newOutputStream(to)) {
            long copied = in.transferTo(out);
            assert copied >= 0;
        }
        return new Hash(digest.digest());
    }

    /**
     * The document's bytes.
     *
     * @throws IOException by the Uni, when it is not there or no longer what its name says
     */
    public Uni<byte[]> read(Area area, Hash hash) {
        return onWorker(() -> {
            try {
                byte[] content = Files.readAllBytes(path(area, hash));
                if (!Hash.of(content).equals(hash)) {
                    throw new IOException("the object " + hash.hex() + " of " + area.key() + " is not what it was");
                }
                return content;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** Where the document is, if it is there. */
    public Path path(Area area, Hash hash) {
        return folders.of(area).resolve("objects").resolve(hash.hex().substring(0, FOLDER_DIGITS)).resolve(hash.hex());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static <T> Uni<T> onWorker(Supplier<T> work) {
        return Uni.createFrom().item(work).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
