package io.zeroui.shared.supplychain.sbom;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.shared.journal.Area;
import io.zeroui.shared.journal.Draft;
import io.zeroui.shared.journal.Journal;
import io.zeroui.shared.journal.ObjectStore;
import io.zeroui.shared.journal.StoredObject;
import io.zeroui.shared.supplychain.sbom.model.Sbom;
import io.zeroui.shared.supplychain.sbom.model.SbomConfig;
import io.zeroui.shared.supplychain.sbom.model.SbomProblem;
import io.zeroui.shared.supplychain.sbom.read.SbomReader;
import io.zeroui.shared.supplychain.sbom.store.FileDigest;
import io.zeroui.shared.supplychain.sbom.store.ReadSboms;
import io.zeroui.shared.supplychain.sbom.store.SbomStore;
import io.zeroui.shared.supplychain.sbom.store.StoredSbom;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes bills of materials in. The same document twice is one. */
@ApplicationScoped
public class Sboms {

    private static final int NAME_MOST = 200;

    private final SbomReader reader;
    private final SbomStore store;
    private final ReadSboms read;
    private final Journal journal;
    private final ObjectStore objects;
    private final Semaphore reading;

    Sboms(SbomReader reader, SbomStore store, ReadSboms read, Journal journal, ObjectStore objects, SbomConfig config) {
        this.reader = reader;
        this.store = store;
        this.read = read;
        this.journal = journal;
        this.objects = objects;
        this.reading = new Semaphore(config.readAtOnce());
    }

    /**
     * A document that was taken in.
     *
     * @param sbom what it came to
     * @param isNew false where it was there before
     */
    public record Added(StoredSbom sbom, boolean isNew) {
    }

    /** That it is there already; not an error. */
    private static final class AlreadyThere extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient StoredSbom sbom;

        private AlreadyThere(StoredSbom sbom) {
            super(null, null, false, false);
            this.sbom = sbom;
        }
    }

    /**
     * Takes a file in; the item comes when it can be found.
     *
     * @param file stays as it is; nobody may change it meanwhile
     * @param project what it is about; null where the document shall say it
     * @param release which version of that; null where the document shall say it
     * @param by who adds it
     * @param progress hears of every step: {@code reading}, {@code keeping}, {@code indexing}
     */
    public Uni<Added> add(Path file, @Nullable String project, @Nullable String release, String by, Consumer<String> progress) {
        return digest(file).chain(digest -> store.find(digest)).chain(there -> there.isPresent()
                ? Uni.createFrom().item(new Added(there.get(), false))
                : fresh(file, project, release, by, progress));
    }

    private Uni<Added> fresh(Path file, @Nullable String project, @Nullable String release, String by, Consumer<String> progress) {
        return onWorker(() -> parse(file, progress)).chain(sbom -> {
            ObjectNode detail = JsonNodeFactory.instance.objectNode().put("project", name(project, sbom.name(), "project"))
                    .put("release", name(release, sbom.version(), "release"));
            progress.accept("keeping");
            return objects.store(Area.SBOM, file)
                    .invoke(kept -> read.put(kept.hash(), sbom))
                    .invoke(kept -> progress.accept("indexing"))
                    .chain(kept -> write(kept, detail, by).onTermination().invoke(() -> read.drop(kept.hash())));
        });
    }

    private Uni<Added> write(StoredObject kept, ObjectNode detail, String by) {
        detail.put("digest", kept.hash().hex()).put("bytes", kept.size());
        return journal.write(Area.SBOM, by, () -> store.find(kept.hash()).map(there -> {
            if (there.isPresent()) {
                throw new AlreadyThere(there.get());
            }
            return new Draft(SbomStore.ADDED, detail);
        })).chain(act -> get(kept.hash())).map(sbom -> new Added(sbom, true))
                .onFailure(AlreadyThere.class).recoverWithItem(failure -> new Added(((AlreadyThere) failure).sbom, false));
    }

    /** Reads one after the other: each may need much memory. */
    private Sbom parse(Path file, Consumer<String> progress) {
        try {
            reading.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting to read", e);
        }
        try {
            progress.accept("reading");
            return reader.read(file);
        } finally {
            reading.release();
        }
    }

    private static String name(@Nullable String given, @Nullable String found, String parameter) {
        String name = given == null ? found == null ? "" : found : given;
        if (given != null && (given.isBlank() || given.length() > NAME_MOST || given.chars().anyMatch(Character::isISOControl))) {
            throw SbomProblem.WRONG_PARAMETER.because(parameter + " must have 1 to " + NAME_MOST + " characters, and no control characters");
        }
        return name.length() > NAME_MOST ? name.substring(0, name.offsetByCodePoints(0, Math.min(name.codePointCount(0, name.length()), NAME_MOST / 2))) : name;
    }

    /**
     * One that is there.
     *
     * @return fails with 404 where there is none
     */
    public Uni<StoredSbom> get(Hash digest) {
        return store.find(digest).map(found -> found.orElseThrow(() -> SbomProblem.NOT_FOUND.because("There is no bill of materials " + digest.hex())));
    }

    /**
     * One by its digest, or the newest of {@code project} or {@code project@release}.
     *
     * @return fails with 404 where there is none
     */
    public Uni<StoredSbom> named(String name) {
        if (name.matches("(sha256:)?[0-9a-f]{64}")) {
            return get(Hash.parse(name));
        }
        int at = name.lastIndexOf('@');
        String project = at > 0 ? name.substring(0, at) : name;
        return store.newest(project, at > 0 ? name.substring(at + 1) : null)
                .map(found -> found.orElseThrow(() -> SbomProblem.NOT_FOUND.because("There is no bill of materials of " + name)));
    }

    private static Uni<Hash> digest(Path file) {
        return onWorker(() -> FileDigest.of(file));
    }

    private static <T> Uni<T> onWorker(java.util.function.Supplier<T> work) {
        return Uni.createFrom().item(work).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
