package io.zeroui.runtime.fabric;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.SpkiPem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One key file as it was last seen.
 *
 * @param print what tells one content from another without reading; null when there is no such file
 * @param key the key in it; null when there is none to be believed
 */
record KeyFile(@Nullable Print print, @Nullable Ed25519PublicKey key) {

    static final KeyFile MISSING = new KeyFile(null, null);

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

    /** The file as it is now; read only if it changed. */
    KeyFile refreshed(Path folder, Kid kid) {
        Path file = folder.resolve(kid.value() + ".pem");
        // Absence is the usual answer for a foreign key id; an exception for it would cost more than the look.
        if (!file.toFile().exists()) {
            return MISSING;
        }
        try {
            Map<String, Object> attributes = Files.readAttributes(file, ATTRIBUTES);
            Print now = print(attributes);
            if (now.equals(print) && !now.young()) {
                return this;
            }
            return new KeyFile(now, read(folder, file));
        } catch (NoSuchFileException e) {
            return MISSING;
        } catch (IOException e) {
            LOG.warnf("key file %s is not believed: %s", file, e);
            return MISSING;
        }
    }

    private static Print print(Map<String, Object> attributes) {
        Object changed = attributes.get("ctime");
        boolean young = changed instanceof FileTime time
                && Instant.now().toEpochMilli() - time.toMillis() < YOUNG_MILLIS;
        return new Print(attributes.getOrDefault("dev", 0), attributes.getOrDefault("ino", 0),
                changed == null ? 0 : changed, attributes.getOrDefault("size", 0L), young);
    }

    private static @Nullable Ed25519PublicKey read(Path folder, Path file) throws IOException {
        Path real = file.toRealPath();
        if (!real.startsWith(folder.toRealPath())) {
            LOG.warnf("key file %s is not believed: it leads out of its folder", file);
            return null;
        }
        if (!Files.isRegularFile(real, NOFOLLOW_LINKS)) {
            LOG.warnf("key file %s is not believed: it is not a regular file", file);
            return null;
        }
        byte[] content;
        try (InputStream in = Files.newInputStream(real, READ, NOFOLLOW_LINKS)) {
            content = in.readNBytes(TrustFolder.MAX_FILE_BYTES + 1);
        }
        if (content.length > TrustFolder.MAX_FILE_BYTES) {
            LOG.warnf("key file %s is not believed: it is larger than %d bytes", file, TrustFolder.MAX_FILE_BYTES);
            return null;
        }
        try {
            return SpkiPem.read(new String(content, StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            LOG.warnf("key file %s is not believed: %s", file, e.getMessage());
            return null;
        }
    }
}
