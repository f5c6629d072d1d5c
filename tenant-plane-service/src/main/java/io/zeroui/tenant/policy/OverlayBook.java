package io.zeroui.tenant.policy;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.policy.overlay.OverlayRule;
import io.zeroui.contracts.policy.overlay.TenantOverlay;
import io.zeroui.runtime.fabric.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant adds to its policies: a file for each change, {@code {version}.json}, which is never written again; the newest counts. Blocking; one
 * thing happens at a time.
 */
final class OverlayBook {

    private static final Pattern NAME = Pattern.compile("([1-9][0-9]{0,17})\\.json");

    private final Path folder;
    private @Nullable Change newest;
    private boolean isRead;

    OverlayBook(Path folder) {
        this.folder = folder;
    }

    /**
     * A change.
     *
     * @param overlay all that is added from then on
     * @param policyId to which policy something was added, or of which it was taken back
     * @param rule what; null where it was taken back
     * @param by who
     * @param at when
     * @param reason why
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Change(TenantOverlay overlay, String policyId, @Nullable OverlayRule rule, String by, Instant at, String reason) {
        Change {
            if (overlay == null || policyId == null || by == null || at == null || reason == null) {
                throw new InvalidEvent("a change of an overlay that lacks something");
            }
        }
    }

    /**
     * What is added now; null for nothing.
     *
     * @throws IOException when the newest file cannot be read: an older one would be more lenient
     */
    synchronized @Nullable TenantOverlay now() throws IOException {
        Change known = newest();
        return known == null ? null : known.overlay();
    }

    /** The last changes, the newest first. */
    synchronized List<Change> changes(int most) throws IOException {
        List<Change> changes = new ArrayList<>();
        for (long version : versions().stream().sorted(Comparator.reverseOrder()).limit(most).toList()) {
            changes.add(read(version));
        }
        return changes;
    }

    /**
     * Adds something to a policy in the place of what was added to it before, or takes it back; on the disk when this returns.
     *
     * @param rule null to take it back
     */
    synchronized TenantOverlay change(String policyId, @Nullable OverlayRule rule, String by, Instant at, String reason) throws IOException {
        Change before = newest();
        List<OverlayRule> rules = new ArrayList<>(before == null ? List.of() : before.overlay().rules());
        rules.removeIf(other -> other.policyId().equals(policyId));
        if (rule != null) {
            rules.add(rule);
        }
        rules.sort(Comparator.comparing(OverlayRule::policyId));
        TenantOverlay next = new TenantOverlay(before == null ? UUID.randomUUID().toString() : before.overlay().epoch(),
                before == null ? 1 : before.overlay().version() + 1, rules);
        Change change = new Change(next, policyId, rule, by, at, reason);
        isRead = false; // whatever happens now, the disk says what counts
        if (!DurableFiles.writeNew(folder.resolve(next.version() + ".json"), EventJson.write(change))) {
            throw new IOException("version " + next.version() + " of the overlay was written by somebody else");
        }
        return next;
    }

    private @Nullable Change newest() throws IOException {
        if (!isRead) {
            Long last = versions().stream().max(Comparator.naturalOrder()).orElse(null);
            newest = last == null ? null : read(last);
            isRead = true;
        }
        return newest;
    }

    private Change read(long version) throws IOException {
        try {
            Change change = EventJson.read(Files.readAllBytes(folder.resolve(version + ".json")), Change.class);
            if (change.overlay().version() == version) {
                return change;
            }
            throw new IOException("the file " + version + ".json has the overlay " + change.overlay().version());
        } catch (InvalidEvent e) {
            throw new IOException("the overlay " + version + " of " + folder + " is damaged: " + e.getMessage(), e);
        }
    }

    private List<Long> versions() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> NAME.matcher(String.valueOf(file.getFileName()))).filter(java.util.regex.Matcher::matches)
                    .map(name -> Long.parseLong(name.group(1))).toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
