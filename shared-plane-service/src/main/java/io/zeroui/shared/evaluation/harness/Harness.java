package io.zeroui.shared.evaluation.harness;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.zeroui.contracts.json.CanonicalJson;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.shared.evaluation.EvaluationProblem;
import io.zeroui.shared.evaluation.formats.InvalidResults;
import io.zeroui.shared.journal.Area;
import io.zeroui.shared.journal.Draft;
import io.zeroui.shared.journal.Journal;
import io.zeroui.shared.journal.ObjectStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Datasets, suites and gates. What says the same as the newest version is no new one. */
@ApplicationScoped
public class Harness {

    private final HarnessStore store;
    private final Journal journal;
    private final ObjectStore objects;

    Harness(HarnessStore store, Journal journal, ObjectStore objects) {
        this.store = store;
        this.journal = journal;
        this.objects = objects;
    }

    /**
     * Writes a version of a dataset.
     *
     * @param lines one fixture a line, see {@code DatasetText}
     * @return fails with 400 where a line is no fixture or has tenants' data in it, and says which
     */
    public Uni<VersionedDocument> putDataset(String name, String description, byte[] lines, String by) {
        return Uni.createFrom().item(() -> {
            try {
                return DatasetText.of(lines);
            } catch (InvalidResults e) {
                throw EvaluationProblem.refused(e);
            }
        }).runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(text -> {
                    ObjectNode document = JsonNodeFactory.instance.objectNode().put("description", description)
                            .put("fixtures", text.fixtures().size()).put("bytes", text.bytes().length);
                    return put(DocumentKind.DATASET, name, Hash.of(text.bytes()).prefixed(), document, by,
                            () -> objects.store(Area.EVAL_HARNESS, text.bytes()).replaceWithVoid());
                });
    }

    /** Writes a version of a suite or gate, whose document has been checked. */
    public Uni<VersionedDocument> put(DocumentKind kind, String name, ObjectNode document, String by) {
        return put(kind, name, Hash.of(CanonicalJson.of(document)).prefixed(), document, by, () -> Uni.createFrom().voidItem());
    }

    private Uni<VersionedDocument> put(DocumentKind kind, String name, String digest, ObjectNode document, String by,
            Supplier<Uni<Void>> first) {
        return store.find(kind, name, null).chain(newest -> newest.isPresent() && newest.get().digest().equals(digest)
                ? Uni.createFrom().item(newest.get())
                : first.get().chain(() -> journal.write(Area.EVAL_HARNESS, by, () -> draft(kind, name, digest, document)))
                        .chain(act -> get(kind, name, act.detail().path("version").asLong())));
    }

    private Uni<Draft> draft(DocumentKind kind, String name, String digest, ObjectNode document) {
        return store.find(kind, name, null).map(newest -> {
            if (newest.isPresent() && newest.get().digest().equals(digest)) {
                throw EvaluationProblem.conflict("Somebody has just written the same version");
            }
            ObjectNode detail = JsonNodeFactory.instance.objectNode().put("of", kind.name()).put("name", name)
                    .put("version", newest.map(VersionedDocument::version).orElse(0L) + 1).put("digest", digest);
            detail.set("document", document);
            return new Draft(kind.key() + "-written", detail);
        });
    }

    /** A version, the newest where none is named; fails with 404. */
    public Uni<VersionedDocument> get(DocumentKind kind, String name, @Nullable Long version) {
        return store.find(kind, name, version).map(found -> found.orElseThrow(() -> EvaluationProblem.missing(kind.key())));
    }

    /** A version by its digest, the newest such. */
    public Uni<Optional<VersionedDocument>> find(DocumentKind kind, String name, String digest) {
        return store.findDigest(kind, name, digest);
    }

    /** The newest versions by name. */
    public Uni<List<VersionedDocument>> list(DocumentKind kind, String after, int limit) {
        return store.list(kind, after, limit);
    }

    /** The versions of one, the newest first. */
    public Uni<List<VersionedDocument>> versions(DocumentKind kind, String name, long before, int limit) {
        return store.versions(kind, name, before, limit);
    }

    /** Fixtures of a dataset by id. */
    public Uni<List<Fixture>> fixtures(String digest, String after, int limit) {
        return store.fixtures(digest, after, limit);
    }

    /** The lines of a dataset, as they are kept. */
    public Uni<byte[]> content(String digest) {
        return objects.read(Area.EVAL_HARNESS, Hash.parse(digest));
    }
}
