package io.zeroui.runtime.fabric;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The handles kept open, least recently used ones closed first; knows which names are on the disk already. */
final class OpenFiles implements Closeable {

    private static final Logger LOG = Logger.getLogger(OpenFiles.class);
    private static final int MAX_KNOWN_NAMES = 8_192;

    private final Path root;
    private final int maxOpen;
    private final Map<Path, OpenFile> open = new LinkedHashMap<>(16, 0.75f, true);
    private final Map<Path, Object> durableNames = new LinkedHashMap<>(16, 0.75f, true);

    OpenFiles(Path root, int maxOpen) {
        this.root = root;
        this.maxOpen = maxOpen;
    }

    /** The handle of a file, whose name is on the disk with all folders up to the root. */
    OpenFile get(Path path) throws IOException {
        OpenFile known = open.get(path);
        if (known != null) {
            return known;
        }
        Path folder = path.getParent();
        if (folder == null) {
            throw new IOException("not a file: " + path);
        }
        DurableFiles.createFolders(folder);
        OpenFile opened = OpenFile.open(path);
        try {
            syncName(path, folder, opened.key());
        } catch (IOException e) {
            opened.close();
            throw e;
        }
        open.put(path, opened);
        return opened;
    }

    /** A file or folder that is there already may have been created by a process that died before it synced its name. */
    private void syncName(Path path, Path parent, Object key) throws IOException {
        if (key.equals(durableNames.get(path))) {
            return;
        }
        DurableFiles.syncFolder(parent);
        @Nullable Path folder = parent;
        while (folder != null && !folder.equals(root) && !durableNames.containsKey(folder)) {
            Path above = folder.getParent();
            if (above != null) {
                DurableFiles.syncFolder(above);
            }
            durableNames.put(folder, folder);
            folder = above;
        }
        durableNames.put(path, key);
        trim(durableNames, MAX_KNOWN_NAMES);
    }

    private static void trim(Map<Path, Object> names, int max) {
        Iterator<Path> oldest = names.keySet().iterator();
        while (names.size() > max) {
            oldest.next();
            oldest.remove();
        }
    }

    /** Closes a handle that is not to be used again. */
    void drop(Path path) {
        closeQuietly(open.remove(path));
    }

    /** Closes what is open beyond the limit. */
    void trim() {
        Iterator<OpenFile> oldest = open.values().iterator();
        while (open.size() > maxOpen) {
            closeQuietly(oldest.next());
            oldest.remove();
        }
    }

    private static void closeQuietly(@Nullable OpenFile file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            // What it held was synced or is reported as failed, so a failing close loses nothing.
            LOG.warn("closing a file of the fabric failed", e);
        }
    }

    @Override
    public void close() {
        open.values().forEach(OpenFiles::closeQuietly);
        open.clear();
    }
}
