package io.zeroui.ide.policy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.ide.policy.ActivePolicies.ActivePolicy;
import io.zeroui.runtime.fabric.DurableFiles;
import io.zeroui.runtime.policy.PolicyFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * {@code current/{policy-id}.json}, for tools that read files: which version is active and where it is. They follow the release, which is
 * what counts; after a crash the next look mends them. Blocking.
 */
final class CurrentPointers {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path current;
    private final ZuRoot root;
    private final PolicyFolder folder;

    CurrentPointers(Path current, ZuRoot root, PolicyFolder folder) {
        this.current = current;
        this.root = root;
        this.folder = folder;
    }

    /** Makes the pointers those of what is active; files that say it already are left as they are. */
    void write(ActivePolicies active, Instant now) throws IOException {
        Set<Path> kept = new HashSet<>();
        for (ActivePolicy policy : active.all()) {
            Path file = current.resolve(policy.id().policyId() + ".json");
            kept.add(file);
            if (!isWritten(file, policy)) {
                DurableFiles.replace(file, JSON.writeValueAsBytes(pointer(policy, active.targetsVersion(), now)));
            }
        }
        removeOthers(kept);
    }

    private ObjectNode pointer(ActivePolicy policy, long release, Instant now) {
        return JsonNodeFactory.instance.objectNode().put("policy_id", policy.id().policyId()).put("version", policy.id().version())
                .put("snapshot_hash", policy.snapshotHash()).put("path", root.relative(folder.file(policy.id())))
                .put("release", release).put("activated_at", now.toString());
    }

    private static boolean isWritten(Path file, ActivePolicy policy) throws IOException {
        try {
            var there = JSON.readTree(Files.readAllBytes(file));
            return there.path("version").asText().equals(policy.id().version())
                    && there.path("snapshot_hash").asText().equals(policy.snapshotHash());
        } catch (NoSuchFileException e) {
            return false;
        } catch (com.fasterxml.jackson.core.JacksonException damaged) {
            return false;
        }
    }

    private void removeOthers(Set<Path> kept) throws IOException {
        if (!Files.isDirectory(current)) {
            return;
        }
        List<Path> there;
        try (Stream<Path> all = Files.list(current)) {
            there = all.toList();
        }
        for (Path file : there) {
            if (!kept.contains(file)) {
                Files.deleteIfExists(file);
            }
        }
    }
}
