package io.zeroui.ide.policy;

import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.policy.overlay.TenantOverlay;
import io.zeroui.runtime.fabric.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What this edge's tenant adds to its policies: one file, which a newer overlay replaces. Blocking; one thing happens at a time. */
final class EdgeOverlay {

    private static final Logger LOG = Logger.getLogger(EdgeOverlay.class);

    private final Path file;
    private @Nullable TenantOverlay overlay;
    private boolean isRead;

    EdgeOverlay(Path folder) {
        this.file = folder.resolve("overlay.json");
    }

    /** What is added now; null for nothing. A damaged file is none: the tenant plane is asked for it again. */
    synchronized @Nullable TenantOverlay now() throws IOException {
        if (!isRead) {
            try {
                overlay = EventJson.read(Files.readAllBytes(file), TenantOverlay.class);
            } catch (NoSuchFileException e) {
                overlay = null;
            } catch (InvalidEvent e) {
                LOG.errorf("%s is damaged and is asked for again: %s", file, e.getMessage());
                overlay = null;
            }
            isRead = true;
        }
        return overlay;
    }

    /**
     * Takes an overlay that is newer than the one that is there; on the disk when this returns.
     *
     * @return whether it is
     */
    synchronized boolean take(TenantOverlay next) throws IOException {
        if (!next.replaces(now())) {
            return false;
        }
        isRead = false; // whatever happens now, the disk says what counts
        DurableFiles.replace(file, EventJson.write(next));
        overlay = next;
        isRead = true;
        return true;
    }
}
