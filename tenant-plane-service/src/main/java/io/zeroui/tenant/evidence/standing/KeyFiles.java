package io.zeroui.tenant.evidence.standing;

import io.zeroui.contracts.identity.Kid;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Which keys have files in folders, and which of these files changed between two looks. Nothing is read but names and
 * attributes: a look at ten thousand keys takes tens of milliseconds. A change within the two seconds before a look is told
 * twice, as the attributes might not show a second one.
 */
final class KeyFiles {

    /** Files of folders with more are not looked at: their keys are believed as they are asked for, and not watched. */
    static final int MOST = 100_000;

    private static final Logger LOG = Logger.getLogger(KeyFiles.class);
    private static final String ATTRIBUTES = "unix:ino,ctime,size";
    private static final long YOUNG_MILLIS = 2_000;

    private final List<Path> folders;
    private Map<Kid, Print> last = Map.of();

    KeyFiles(List<Path> folders) {
        this.folders = List.copyOf(folders);
    }

    /**
     * Of all files of a key.
     *
     * @param sum over their names, inodes, times and sizes
     * @param youngest when one of them changed last, in milliseconds
     */
    private record Print(long sum, long youngest) {

        Print and(String name, Map<String, Object> attributes) {
            long changed = attributes.get("ctime") instanceof FileTime time ? time.toMillis() : 0;
            long one = 31L * name.hashCode() + attributes.hashCode();
            return new Print(sum + one * 0x9E3779B97F4A7C15L, Math.max(youngest, changed));
        }
    }

    /** Keys whose files came, went or changed since the look before, at the first look all. */
    synchronized List<Kid> changed(long nowMillis) throws IOException {
        Map<Kid, Print> now = new HashMap<>();
        for (int i = 0; i < folders.size(); i++) {
            look(folders.get(i), i, now);
        }
        Map<Kid, Print> before = last;
        List<Kid> changed = new ArrayList<>();
        now.forEach((kid, print) -> {
            Print known = before.get(kid);
            if (!print.equals(known) || nowMillis - print.youngest() < YOUNG_MILLIS) {
                changed.add(kid);
            }
        });
        before.keySet().stream().filter(kid -> !now.containsKey(kid)).forEach(changed::add);
        last = now;
        return changed;
    }

    private static void look(Path folder, int number, Map<Kid, Print> found) throws IOException {
        int files = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "[!.]*.{pem,json}")) {
            for (Path file : entries) {
                if (++files > MOST) {
                    LOG.errorf("%s has more than %d files; the others are not watched", folder, MOST);
                    return;
                }
                add(file, number, found);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            LOG.tracef("no keys in %s", folder);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void add(Path file, int number, Map<Kid, Print> found) throws IOException {
        String name = file.getFileName().toString();
        try {
            Kid kid = Kid.of(name.substring(0, name.lastIndexOf('.')));
            Map<String, Object> attributes = Files.readAttributes(file, ATTRIBUTES);
            found.merge(kid, new Print(0, 0).and(number + name, attributes),
                    (one, other) -> new Print(one.sum() + other.sum(), Math.max(one.youngest(), other.youngest())));
        } catch (IllegalArgumentException | NoSuchFileException e) {
            LOG.tracef("%s is no key's file", file);
        }
    }
}
