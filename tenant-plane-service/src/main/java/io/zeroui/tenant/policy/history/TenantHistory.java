package io.zeroui.tenant.policy.history;

import io.zeroui.contracts.policy.PolicyTimes;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.claims.HistoryLine;
import io.zeroui.contracts.policy.claims.HistoryLine.Reported;
import io.zeroui.contracts.policy.claims.PolicyHistory;
import io.zeroui.contracts.policy.claims.ReleasedVersion;
import io.zeroui.contracts.policy.delivery.PolicyLibrary;
import io.zeroui.contracts.policy.release.ReleaseTerms;
import io.zeroui.contracts.policy.trust.Metadata.Target;
import io.zeroui.contracts.policy.trust.Metadata.Targets;
import io.zeroui.contracts.policy.trust.Metadata.Timestamp;
import io.zeroui.contracts.policy.trust.PolicyRefused;
import io.zeroui.contracts.policy.trust.PolicyTrust;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.policy.ReleaseObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One tenant's history, on the disk and in memory. A line counts in memory once it is on the disk; after a failed write the file is
 * read again before anything else. Blocking, but for {@link #present} and {@link #isOpened}.
 */
public final class TenantHistory implements ReleaseObserver {

    private final HistoryFile file;
    private volatile PolicyHistory present = new PolicyHistory();
    private volatile boolean isOpened;
    private boolean isRead;

    /** The history in a file that need not be there; it is read when it is first wanted. */
    public TenantHistory(Path file) {
        this.file = new HistoryFile(file);
    }

    /**
     * Reads the file, the first time.
     *
     * @throws IOException when it cannot be read
     */
    public synchronized PolicyHistory open() throws IOException {
        if (!isRead) {
            present = file.read();
            isOpened = true;
            isRead = true;
        }
        return present;
    }

    /** What was read and written by now; never waits. Empty before {@link #open}. */
    public PolicyHistory present() {
        return present;
    }

    /** Whether {@link #present} is what was read, and not what is assumed before; never waits. */
    public boolean isOpened() {
        return isOpened;
    }

    @Override
    public synchronized void found(PolicyTrust active, PolicyLibrary snapshots) throws IOException {
        Targets targets = active.targets();
        if (targets != null && !open().hasRelease(targets.version())) {
            append(List.of(open().next(targets.version(), null, versions(active, targets, snapshots))));
        }
    }

    /** The moment is the earlier of the plane's clock and of when the product plane vouched for it: no edge can have had it before. */
    @Override
    public synchronized void releasing(PolicyTrust next, Instant now, PolicyLibrary snapshots) throws IOException {
        Targets targets = next.targets();
        if (targets != null && open().lastRelease() != targets.version()) {
            Timestamp timestamp = next.timestamp();
            Instant since = timestamp != null && timestamp.issuedAt().isBefore(now) ? timestamp.issuedAt() : now;
            Instant from = since.isBefore(PolicyTimes.FIRST) ? PolicyTimes.FIRST : since;
            append(List.of(open().next(targets.version(), from, versions(next, targets, snapshots))));
        }
    }

    /** Notes what edges said, as far as it is new. */
    public synchronized void reported(List<Reported> reports) throws IOException {
        PolicyHistory history = open();
        List<Reported> news = reports.stream().filter(history::isNews).toList();
        if (!news.isEmpty()) {
            append(news);
        }
    }

    private void append(List<? extends HistoryLine> lines) throws IOException {
        PolicyHistory history = open();
        isRead = false;
        file.append(lines);
        lines.forEach(history::add);
        isRead = true;
    }

    private List<ReleasedVersion> versions(PolicyTrust trust, Targets targets, PolicyLibrary snapshots) throws IOException {
        List<ReleasedVersion> versions = new ArrayList<>();
        for (Map.Entry<PolicyVersion, Target> one : targets.targets().entrySet()) {
            ReleasedVersion known = open().findVersion(one.getKey());
            Hash hash = known == null ? hash(trust, one.getKey(), snapshots.find(one.getKey(), one.getValue().sha256())) : known.snapshot();
            versions.add(new ReleasedVersion(one.getKey(), hash, ReleaseTerms.read(one.getValue().custom())));
        }
        versions.sort((one, other) -> one.policy().compareTo(other.policy()));
        return versions;
    }

    /** As gates read it; null where a snapshot does not name one. */
    private static @Nullable Hash hash(PolicyTrust trust, PolicyVersion policy, byte @Nullable [] snapshot) throws IOException {
        try {
            String text = trust.requirePolicy(policy, snapshot == null ? new byte[0] : snapshot).path("snapshot_hash").asText();
            return Hash.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        } catch (PolicyRefused e) {
            throw new IOException("the snapshot of " + policy.id() + " is missing or another one", e);
        }
    }
}
