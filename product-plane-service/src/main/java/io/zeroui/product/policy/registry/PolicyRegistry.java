package io.zeroui.product.policy.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.InvalidPolicy;
import io.zeroui.contracts.policy.PolicyLabels;
import io.zeroui.contracts.policy.PolicySnapshotCodec;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.lifecycle.Deed;
import io.zeroui.contracts.policy.lifecycle.PolicyActRefused;
import io.zeroui.contracts.policy.lifecycle.PolicyBook;
import io.zeroui.contracts.policy.lifecycle.PolicyEntry;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * All tenants' policies, as the files say. Everything here waits for the disk. Methods fail with {@link RegistryUnavailable} where
 * the files cannot be read or written, or another process writes them.
 */
@ApplicationScoped
public class PolicyRegistry {

    private static final Logger LOG = Logger.getLogger(PolicyRegistry.class);

    private final RegistryFolders folders;
    private final RegistryLock lock;
    private final Map<TenantId, TenantPolicies> tenants = new ConcurrentHashMap<>();

    /** The registry in these folders. */
    public PolicyRegistry(RegistryFolders folders, RegistryLock lock) {
        this.folders = folders;
        this.lock = lock;
    }

    /** The tenants that have a history. */
    public List<TenantId> tenants() {
        TreeSet<String> names = new TreeSet<>();
        try {
            lock.acquire();
            Path releases = folders.root().policyReleasesFolder(folders.region());
            if (!Files.exists(releases)) {
                return List.of();
            }
            try (DirectoryStream<Path> found = Files.newDirectoryStream(releases)) {
                for (Path folder : found) {
                    if (Files.exists(folder.resolve("history.jsonl"))) {
                        names.add(String.valueOf(folder.getFileName()));
                    }
                }
            }
        } catch (IOException e) {
            throw unavailable("the tenants' policies", e);
        }
        return names.stream().map(TenantId::of).toList();
    }

    /** The policies of a tenant; an empty book where it has none. */
    public PolicyBook book(TenantId tenant) {
        try {
            lock.acquire();
            // no entry for a tenant that is only asked about
            TenantPolicies known = tenants.get(tenant);
            if (known == null && !Files.exists(folders.root().policyHistory(folders.region(), tenant))) {
                return new PolicyBook();
            }
            return of(tenant).book();
        } catch (IOException | IllegalStateException e) {
            throw unavailable("the policies of " + tenant, e);
        }
    }

    /**
     * Does an act on a version, and returns how it stands then.
     *
     * @param by who
     * @param reason why; may be empty where the deed wants none
     */
    public PolicyEntry act(TenantId tenant, PolicyVersion id, String by, String reason, Deed deed) throws PolicyActRefused {
        try {
            lock.acquire();
            return of(tenant).act(id, by, reason, deed);
        } catch (IOException | IllegalStateException e) {
            throw unavailable("the policies of " + tenant, e);
        }
    }

    /**
     * Does an act on a version, unless it was changed since it was seen; empty where it was.
     *
     * @param by who
     * @param reason why; may be empty where the deed wants none
     */
    public Optional<PolicyEntry> act(TenantId tenant, SeenVersion seen, String by, String reason, Deed deed) throws PolicyActRefused {
        try {
            lock.acquire();
            return of(tenant).act(seen, by, reason, deed);
        } catch (IOException | IllegalStateException e) {
            throw unavailable("the policies of " + tenant, e);
        }
    }

    /**
     * Writes a new version with the content of an earlier one and releases it to everyone, signed.
     *
     * @param from the earlier version
     * @param seen another version that must not have been changed since it was seen; empty is returned where it was
     */
    public Optional<PolicyEntry> restore(TenantId tenant, PolicyVersion from, String by, String reason, SnapshotSigner signer,
            @Nullable SeenVersion seen) throws PolicyActRefused, InvalidPolicy {
        try {
            lock.acquire();
            return of(tenant).restore(from, by, reason, signer::sign, seen);
        } catch (IOException | IllegalStateException e) {
            throw unavailable("the policies of " + tenant, e);
        }
    }

    /** Writes a new version, signed. */
    public PolicyEntry draft(TenantId tenant, PolicyVersion id, String by, String reason, PolicyLabels labels, ObjectNode content,
            SnapshotSigner signer) throws PolicyActRefused, InvalidPolicy {
        try {
            lock.acquire();
            return of(tenant).draft(id, by, reason, new Deed.Drafted(PolicySnapshotCodec.hash(content), labels),
                    at -> signer.sign(id, labels, content, at));
        } catch (IOException | IllegalStateException e) {
            throw unavailable("the policies of " + tenant, e);
        }
    }

    /** The bytes of a version's snapshot, which is what the history says. */
    public byte[] snapshot(TenantId tenant, PolicyEntry entry) {
        try {
            return of(tenant).snapshot(entry);
        } catch (IOException e) {
            throw unavailable("a snapshot of " + tenant, e);
        }
    }

    /** Where a version's snapshot is, relative to {@code ZU_ROOT}. */
    public String snapshotPath(TenantId tenant, PolicyVersion id) {
        return folders.root().relative(folders.root().policySnapshot(folders.region(), tenant, id));
    }

    private TenantPolicies of(TenantId tenant) {
        return tenants.computeIfAbsent(tenant, id -> new TenantPolicies(id, folders));
    }

    private static RegistryUnavailable unavailable(String what, Exception cause) {
        LOG.warnf("%s cannot be read or written: %s", what, cause.getMessage());
        return new RegistryUnavailable(what + " cannot be read or written now", cause);
    }
}
