package io.zeroui.tenant.evidence.erasure;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.fabric.DurableFiles;
import io.zeroui.tenant.evidence.erasure.ErasureIntent.Overwrite;
import io.zeroui.tenant.evidence.journal.LedgerFolders;
import io.zeroui.tenant.evidence.journal.RewriteGuard;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Intents on the disk, and the bytes that they say. Blocking; everything is on the disk when a method returns. */
@ApplicationScoped
class ErasureFiles {

    private static final Logger LOG = Logger.getLogger(ErasureFiles.class);
    private static final String SUFFIX = ".json";

    private final LedgerFolders folders;
    private final RewriteGuard guard;

    ErasureFiles(LedgerFolders folders, RewriteGuard guard) {
        this.folders = folders;
        this.guard = guard;
    }

    void begin(TenantId tenant, ErasureIntent intent) throws IOException {
        DurableFiles.replace(file(tenant, intent), intent.json());
    }

    /** Erasures that were begun and not finished. */
    List<ErasureIntent> unfinished(TenantId tenant) throws IOException {
        Path folder = folders.erasures(tenant);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<ErasureIntent> intents = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(ErasureFiles::isIntent).sorted().toList()) {
                intents.add(ErasureIntent.read(Files.readAllBytes(file)));
            }
        }
        return intents;
    }

    /**
     * Overwrites. What does not lie within its file is left, for overwriting moves no end of a file.
     *
     * @return whether the place was there; where it was not, the file may come back with the content
     */
    boolean overwrite(Overwrite write) throws IOException {
        Path file = folders.root().resolve(write.file());
        byte[] bytes = write.bytes();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            if (channel.size() < write.offset() + bytes.length) {
                LOG.errorf("%s: nothing is there to be erased at %d", write.file(), write.offset());
                return false;
            }
            write(channel, write.offset(), bytes);
            channel.force(false);
            return true;
        } catch (NoSuchFileException e) {
            LOG.errorf("%s: the file to be erased in is not there", write.file());
            return false;
        }
    }

    private void write(FileChannel channel, long offset, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        guard.writing().lock();
        try {
            while (buffer.hasRemaining()) {
                int written = channel.write(buffer, offset + buffer.position());
                assert written >= 0;
            }
        } finally {
            guard.writing().unlock();
        }
    }

    void end(TenantId tenant, ErasureIntent intent) throws IOException {
        if (Files.deleteIfExists(file(tenant, intent))) {
            DurableFiles.syncFolder(folders.erasures(tenant));
        }
    }

    private Path file(TenantId tenant, ErasureIntent intent) {
        return folders.erasures(tenant).resolve(intent.id() + SUFFIX);
    }

    /** Others were being written when something died, and nothing came of them. */
    private static boolean isIntent(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(SUFFIX) && !name.startsWith(".");
    }
}
