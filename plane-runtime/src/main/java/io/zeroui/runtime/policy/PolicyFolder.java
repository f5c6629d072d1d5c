package io.zeroui.runtime.policy;

import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.delivery.PolicyLibrary;
import io.zeroui.contracts.policy.delivery.PolicyReceiver.Received;
import io.zeroui.contracts.policy.delivery.PolicyRelease;
import io.zeroui.contracts.policy.delivery.PolicyRelease.Release;
import io.zeroui.contracts.policy.delivery.PolicySender.Known;
import io.zeroui.contracts.policy.trust.PolicyRefused;
import io.zeroui.contracts.policy.trust.PolicyTrust;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.fabric.DurableFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a tenant's release: {@code release.json}, whose replacement is the moment in which another release counts,
 * {@code targets/{version}.json} of the last releases, to which deltas are made, and the snapshots of the policies. Blocking.
 */
public final class PolicyFolder implements PolicyLibrary {

    /** Releases to which deltas can be made. */
    private static final int KEPT_TARGETS = 8;

    private final Path folder;
    private final Path snapshots;
    private final Function<PolicyVersion, Path> files;
    private Runnable reached = () -> {
    };

    /**
     * A tenant's files.
     *
     * @param folder of release and targets
     * @param snapshots the folder that has the snapshots, and nothing else, at whatever depth
     * @param files where a policy's version is in it
     */
    public PolicyFolder(Path folder, Path snapshots, Function<PolicyVersion, Path> files) {
        this.folder = folder;
        this.snapshots = snapshots;
        this.files = files;
    }

    /**
     * What was committed; null where nothing was.
     *
     * @throws IllegalArgumentException when the file is damaged
     */
    @Nullable PolicyRelease load() throws IOException {
        try {
            return PolicyRelease.read(Files.readAllBytes(release()));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    @Override
    public byte @Nullable [] find(PolicyVersion policy, Hash sha256) {
        try {
            byte[] bytes = Files.readAllBytes(files.apply(policy));
            return Hash.of(bytes).equals(sha256) ? bytes : null;
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a policy's version is. */
    public Path file(PolicyVersion policy) {
        return files.apply(policy);
    }

    /** Writes what was received; when this returns it is what {@link #load} gives. */
    void write(Received received) throws IOException {
        for (var one : received.policies().entrySet()) {
            DurableFiles.replace(files.apply(one.getKey()), one.getValue());
            reached.run();
        }
        Release release = received.release().release();
        if (release != null && received.trust().targets() != null) {
            DurableFiles.replace(targets(received.trust().targets().version()), release.targets());
            reached.run();
        }
        DurableFiles.replace(release(), received.release().write());
        reached.run();
    }

    /** Targets of one of the last releases; null where they are not known. They serve for deltas, whose result is checked. */
    @Nullable Known knownTargets(long version) {
        try {
            byte[] document = Files.readAllBytes(targets(version));
            return new Known(PolicyTrust.readTargets(document), document);
        } catch (IOException | PolicyRefused e) {
            return null;
        }
    }

    /**
     * Removes snapshots and targets that nothing refers to any more.
     *
     * @param newest version of the targets that are active
     */
    void prune(long newest) throws IOException {
        Set<Path> kept = new HashSet<>();
        LongStream.rangeClosed(Math.max(1, newest - KEPT_TARGETS + 1), newest).forEach(version -> {
            kept.add(targets(version));
            Known known = knownTargets(version);
            if (known != null) {
                known.targets().targets().keySet().stream().map(files).forEach(kept::add);
            }
        });
        removeOthers(snapshots, kept);
        removeOthers(folder.resolve("targets"), kept);
    }

    private static void removeOthers(Path from, Collection<Path> kept) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        List<Path> there;
        try (Stream<Path> all = Files.walk(from)) {
            there = all.filter(Files::isRegularFile).toList();
        }
        for (Path file : there) {
            if (!kept.contains(file)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private Path release() {
        return folder.resolve("release.json");
    }

    private Path targets(long version) {
        return folder.resolve("targets").resolve(version + ".json");
    }

    /** Only for tests: called behind every step of a write; what it throws is like a crash there. */
    public void onStep(Runnable behindEveryStep) {
        reached = behindEveryStep;
    }
}
