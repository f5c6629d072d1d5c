package io.zeroui.product.policy.registry;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.json.CanonicalJson;
import io.zeroui.contracts.policy.InvalidPolicy;
import io.zeroui.contracts.policy.PolicyLabels;
import io.zeroui.contracts.policy.PolicySnapshot;
import io.zeroui.contracts.policy.PolicySnapshotCodec;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.lifecycle.Deed;
import io.zeroui.contracts.policy.lifecycle.PolicyAct;
import io.zeroui.contracts.policy.lifecycle.PolicyActRefused;
import io.zeroui.contracts.policy.lifecycle.PolicyBook;
import io.zeroui.contracts.policy.lifecycle.PolicyEntry;
import io.zeroui.runtime.fabric.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One tenant's policies: its history, the book that the history comes to, and its snapshots. Acts are done one after the other.
 * After a failure to write nobody knows what is on the disk, so the history is read again before anything else.
 */
final class TenantPolicies {

    private final TenantId tenant;
    private final RegistryFolders folders;
    private final HistoryFile history;
    private @Nullable PolicyBook book;

    TenantPolicies(TenantId tenant, RegistryFolders folders) {
        this.tenant = tenant;
        this.folders = folders;
        this.history = new HistoryFile(folders.root().policyHistory(folders.region(), tenant));
    }

    /** What makes the bytes of a snapshot. */
    interface Signing {
        byte[] sign(Instant at) throws InvalidPolicy;
    }

    /** What makes the bytes of a snapshot of a content that is there already. */
    interface Resigning {
        byte[] sign(PolicyVersion id, PolicyLabels labels, ObjectNode content, Instant at) throws InvalidPolicy;
    }

    /** The book as it is; read from the disk where it is not known. */
    synchronized PolicyBook book() throws IOException {
        PolicyBook known = book;
        if (known == null) {
            known = replayed();
            book = known;
        }
        return known;
    }

    /**
     * Does one act.
     *
     * @throws PolicyActRefused when it is not allowed; then nothing is written
     */
    synchronized PolicyEntry act(PolicyVersion id, String by, String reason, Deed deed) throws IOException, PolicyActRefused {
        PolicyBook now = book();
        PolicyAct act = new PolicyAct(now.last() + 1, now(), by, reason, id, deed);
        now.check(act);
        return write(now, act);
    }

    /** Does one act, unless the version was changed since it was seen; empty where it was. */
    synchronized Optional<PolicyEntry> act(SeenVersion seen, String by, String reason, Deed deed) throws IOException, PolicyActRefused {
        return isAsSeen(seen) ? Optional.of(act(seen.id(), by, reason, deed)) : Optional.empty();
    }

    /** Writes a draft: its snapshot first, then the act. */
    synchronized PolicyEntry draft(PolicyVersion id, String by, String reason, Deed.Drafted deed, Signing signing)
            throws IOException, PolicyActRefused, InvalidPolicy {
        PolicyBook now = book();
        PolicyAct act = new PolicyAct(now.last() + 1, now(), by, reason, id, deed);
        now.check(act);
        byte[] snapshot = signing.sign(act.at());
        keep(id, snapshot);
        return write(now, act);
    }

    /**
     * Restores an earlier version under a new name: its snapshot first, then the act. Empty where another version was changed since it
     * was seen.
     */
    synchronized Optional<PolicyEntry> restore(PolicyVersion from, String by, String reason, Resigning signing, @Nullable SeenVersion seen)
            throws IOException, PolicyActRefused, InvalidPolicy {
        PolicyBook now = book();
        if (seen != null && !isAsSeen(seen)) {
            return Optional.empty();
        }
        PolicyVersion id = now.restoredName(from);
        PolicyAct act = new PolicyAct(now.last() + 1, now(), by, reason, id, new Deed.Restored(from.version()));
        now.check(act);
        PolicySnapshot earlier = PolicySnapshotCodec.read(snapshot(now.find(from).orElseThrow()));
        keep(id, signing.sign(id, earlier.labels(), earlier.content(), act.at()));
        return Optional.of(write(now, act));
    }

    private boolean isAsSeen(SeenVersion seen) throws IOException {
        return book().find(seen.id()).filter(entry -> entry.lastAct() == seen.lastAct()).isPresent();
    }

    private void keep(PolicyVersion id, byte[] snapshot) throws IOException {
        Path file = folders.root().policySnapshot(folders.region(), tenant, id);
        if (!DurableFiles.writeNew(file, snapshot)) {
            // no act names the file: a crash came between, and nobody was told of it
            DurableFiles.replace(file, snapshot);
        }
    }

    private PolicyEntry write(PolicyBook now, PolicyAct act) throws IOException, PolicyActRefused {
        book = null;
        history.append(act);
        now.apply(act);
        if (act.deed() instanceof Deed.Revoked) {
            revocation(now, act);
        }
        book = now;
        return now.find(act.policy()).orElseThrow();
    }

    /**
     * The bytes of a version's snapshot.
     *
     * @throws IOException when it is not there, or not what the history says
     */
    byte[] snapshot(PolicyEntry entry) throws IOException {
        Path file = folders.root().policySnapshot(folders.region(), tenant, entry.id());
        try {
            byte[] bytes = Files.readAllBytes(file);
            PolicySnapshot read = PolicySnapshotCodec.read(bytes);
            if (read.id().equals(entry.id()) && read.contentHash().equals(entry.content()) && read.labels().equals(entry.labels())) {
                return bytes;
            }
            throw new IOException(file + " is not the snapshot that the history names");
        } catch (InvalidPolicy e) {
            throw new IOException(file + " is no snapshot: " + e.detail(), e);
        }
    }

    private PolicyBook replayed() throws IOException {
        PolicyBook fresh = new PolicyBook();
        history.replay(act -> {
            try {
                fresh.apply(act);
            } catch (PolicyActRefused e) {
                throw new IllegalStateException("act " + act.number() + " of the tenant " + tenant + " is not allowed: " + e.reason(), e);
            }
        });
        for (PolicyAct act : fresh.actsAfter(0, Integer.MAX_VALUE)) {
            if (act.deed() instanceof Deed.Revoked) {
                revocation(fresh, act);
            }
        }
        return fresh;
    }

    /** Derived from the act alone, so it may be written again. */
    @CanIgnoreReturnValue
    private boolean revocation(PolicyBook of, PolicyAct act) throws IOException {
        Path file = folders.root().policyRevocation(folders.region(), tenant, act.policy());
        if (Files.exists(file)) {
            return false;
        }
        ObjectNode said = JsonNodeFactory.instance.objectNode().put("tenant_id", tenant.value())
                .put("policy_id", act.policy().policyId()).put("version", act.policy().version())
                .put("snapshot_hash", of.find(act.policy()).orElseThrow().content().prefixed())
                .put("revoked_at", act.at().toString()).put("revoked_by", act.by()).put("reason", act.reason());
        return DurableFiles.writeNew(file, CanonicalJson.of(said));
    }

    /** As fine as databases keep it. */
    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MICROS);
    }
}
