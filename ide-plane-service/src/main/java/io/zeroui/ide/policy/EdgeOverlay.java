package io.zeroui.ide.policy;

import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.delivery.PolicyDelivered;
import io.zeroui.contracts.policy.overlay.TenantOverlay;
import io.zeroui.runtime.fabric.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What this edge's tenant adds to its policies: one file, which another overlay replaces. The one that the tenant plane has counts: one that came late
 * is mended by the answer to the next question. Blocking; one thing happens at a time.
 */
final class EdgeOverlay {

    private static final Logger LOG = Logger.getLogger(EdgeOverlay.class);

    private final Path file;
    private final TenantId tenant;
    private @Nullable TenantOverlay overlay;
    private boolean isRead;

    EdgeOverlay(Path folder, TenantId tenant) {
        this.file = folder.resolve("overlay.json");
        this.tenant = tenant;
    }

    /** What is added now; null for nothing. A damaged file is none, and so is another tenant's: the tenant plane is asked for it. */
    synchronized @Nullable TenantOverlay now() throws IOException {
        if (!isRead) {
            try {
                PolicyDelivered kept = EventJson.read(Files.readAllBytes(file), PolicyDelivered.class);
                overlay = kept.tenantId().equals(tenant.value()) ? kept.overlay() : null;
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
     * Takes what a delivery has of it; on the disk when this returns.
     *
     * @return whether it is another one
     */
    synchronized boolean take(PolicyDelivered delivery) throws IOException {
        TenantOverlay next = delivery.overlay();
        if (next == null || !delivery.tenantId().equals(tenant.value()) || next.equals(now())) {
            return false;
        }
        isRead = false; // whatever happens now, the disk says what counts
        DurableFiles.replace(file, EventJson.write(PolicyDelivered.of(tenant, next)));
        overlay = next;
        isRead = true;
        return true;
    }
}
