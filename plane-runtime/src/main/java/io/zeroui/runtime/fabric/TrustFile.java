package io.zeroui.runtime.fabric;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One small file of a trust folder as it was last seen.
 *
 * @param print what tells one content from another without reading; null when there is no such file
 * @param content what was read from it; null when there is nothing to be believed in it
 */
record TrustFile<T>(@Nullable Print print, @Nullable T content) {

    private static final TrustFile<?> MISSING = new TrustFile<>(null, null);
    private static final Logger LOG = Logger.getLogger(TrustFolder.class);
    private static final String ATTRIBUTES = "unix:dev,ino,ctime,size";

    /** A change soon after another may leave all attributes the same, so young files are read again. */
    private static final long YOUNG_MILLIS = 2_000;

    /**
     * Identity of a file's content.
     *
     * @param young the file changed shortly before it was read
     */
    record Print(Object device, Object inode, Object changedAt, Object size, boolean young) {
    }

    /** A file that is not there. */
    @SuppressWarnings("unchecked")
    static <T> TrustFile<T> missing() {
        return (TrustFile<T>) MISSING;
    }

    boolean isMissing() {
        return print == null;
    }

    /**
     * The file as it is now; read only if it changed.
     *
     * @param parser fails with IllegalArgumentException on what is not to be believed
     */
    TrustFile<T> refreshed(Path folder, Path file, Function<byte[], T> parser) {
        // Absence is the usual answer for a foreign key id; an exception for it would cost more than the look.
        if (!file.toFile().exists()) {
            return missing();
        }
        Print now = null;
        try {
            now = print(Files.readAttributes(file, ATTRIBUTES));
            if (now.equals(print) && !now.young()) {
                return this;
            }
            return new TrustFile<>(now, parser.apply(read(folder, file)));
        } catch (NoSuchFileException e) {
            return missing();
        } catch (IOException | IllegalArgumentException e) {
            LOG.warnf("file %s is not believed: %s", file, e.getMessage());
            return new TrustFile<>(now == null ? new Print(0, 0, 0, 0, true) : now, null);
        }
    }

    private static Print print(Map<String, Object> attributes) {
        Object changed = attributes.get("ctime");
        boolean young = changed instanceof FileTime time
                && Instant.now().toEpochMilli() - time.toMillis() < YOUNG_MILLIS;
        return new Print(attributes.getOrDefault("dev", 0), attributes.getOrDefault("ino", 0),
                changed == null ? 0 : changed, attributes.getOrDefault("size", 0L), young);
    }

    /** The bytes of a small regular file within the folder. */
    private static byte[] read(Path folder, Path file) throws IOException {
        Path real = file.toRealPath();
        if (!real.startsWith(folder.toRealPath())) {
            throw new IOException("it leads out of its folder");
        }
        if (!Files.isRegularFile(real, NOFOLLOW_LINKS)) {
            throw new IOException("it is not a regular file");
        }
        try (InputStream in = Files.newInputStream(real, READ, NOFOLLOW_LINKS)) {
            byte[] content = in.readNBytes(TrustFolder.MAX_FILE_BYTES + 1);
            if (content.length > TrustFolder.MAX_FILE_BYTES) {
                throw new IOException("it is larger than " + TrustFolder.MAX_FILE_BYTES + " bytes");
            }
            return content;
        }
    }
}
