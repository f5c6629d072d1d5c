package io.zeroui.tenant.evidence.export;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.fabric.DurableFiles;
import io.zeroui.tenant.evidence.journal.LedgerFolders;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Exports on the disk. Blocking; everything is on the disk when a method returns. Symbolic links are not followed: what is behind
 * one is no export.
 */
@ApplicationScoped
class ExportFiles {

    private static final Logger LOG = Logger.getLogger(ExportFiles.class);
    private static final String STATE = "export.json";
    private static final String DATA = "data.";
    private static final int MAX_STATE_BYTES = 64 << 10;

    private final LedgerFolders folders;

    ExportFiles(LedgerFolders folders) {
        this.folders = folders;
    }

    /** The tenant's exports. What is no export of ours is reported and left. */
    List<Export> list(TenantId tenant) throws IOException {
        List<Export> exports = new ArrayList<>();
        for (Path folder : children(exports(tenant))) {
            Optional<ExportId> id = ExportId.parse(folder.getFileName().toString());
            if (id.isEmpty() || !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                LOG.errorf("%s is no export", folder);
                continue;
            }
            try {
                exports.add(read(tenant, id.get(), folder.resolve(STATE)));
            } catch (NoSuchFileException e) {
                remove(tenant, id.get()); // it died before anything was promised, or while it was removed
            } catch (IOException e) {
                LOG.errorf("%s: %s", folder, e.getMessage());
            }
        }
        return exports;
    }

    private static Export read(TenantId tenant, ExportId id, Path file) throws IOException {
        if (!Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isRegularFile() || Files.size(file) > MAX_STATE_BYTES) {
            throw new IOException("its state is no file of ours");
        }
        return ExportCodec.read(tenant, id, Files.readAllBytes(file));
    }

    void save(Export export) throws IOException {
        DurableFiles.replace(folder(export).resolve(STATE), ExportCodec.write(export));
    }

    /** A new file for the content. */
    DataFile begin(Export export, long mostBytes) throws IOException {
        Path temporary = temporary(export);
        Files.deleteIfExists(temporary);
        return new DataFile(temporary, mostBytes);
    }

    /** Gives the sealed content its name. */
    void publish(Export export) throws IOException {
        Files.move(temporary(export), data(export), StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.syncFolder(folder(export));
    }

    /** Removes the content, whether it is complete or not. */
    void removeData(Export export) throws IOException {
        boolean any = false;
        for (Path file : children(folder(export))) {
            if (!file.getFileName().toString().equals(STATE)) {
                Files.delete(file);
                any = true;
            }
        }
        if (any) {
            DurableFiles.syncFolder(folder(export));
        }
    }

    /** Removes all of an export; its state last. */
    void remove(Export export) throws IOException {
        removeData(export);
        remove(export.tenant(), export.id());
    }

    private void remove(TenantId tenant, ExportId id) throws IOException {
        Path folder = folder(tenant, id);
        for (Path file : children(folder)) {
            Files.delete(file);
        }
        if (Files.deleteIfExists(folder)) {
            DurableFiles.syncFolder(exports(tenant));
        }
    }

    /** The content as it is served; empty where it is not there in its length. */
    Optional<Path> find(Export export) throws IOException {
        Export.File file = export.file();
        Path data = data(export);
        if (file == null || !Files.isDirectory(exports(export.tenant()), LinkOption.NOFOLLOW_LINKS)
                || !Files.isDirectory(folder(export), LinkOption.NOFOLLOW_LINKS)
                || !Files.isRegularFile(data, LinkOption.NOFOLLOW_LINKS) || Files.size(data) != file.bytes()) {
            return Optional.empty();
        }
        return Optional.of(data);
    }

    /** Bytes of the disk that are free. */
    long freeBytes(Export export) throws IOException {
        return Files.getFileStore(folder(export)).getUsableSpace();
    }

    private Path exports(TenantId tenant) {
        return folders.root().evidenceExportsFolder(tenant, folders.region());
    }

    private Path folder(Export export) {
        return folder(export.tenant(), export.id());
    }

    private Path folder(TenantId tenant, ExportId id) {
        return folders.root().evidenceExportFolder(tenant, folders.region(), id.uuid());
    }

    private Path data(Export export) {
        return folder(export).resolve(DATA + export.wish().suffix());
    }

    private Path temporary(Export export) {
        return folder(export).resolve(".data.tmp");
    }

    private static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (Stream<Path> found = Files.list(folder)) {
            return found.toList();
        }
    }
}
