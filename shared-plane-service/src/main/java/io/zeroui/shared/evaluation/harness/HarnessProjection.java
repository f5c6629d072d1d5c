package io.zeroui.shared.evaluation.harness;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.shared.evaluation.formats.InvalidResults;
import io.zeroui.shared.journal.Act;
import io.zeroui.shared.journal.Area;
import io.zeroui.shared.journal.ObjectStore;
import io.zeroui.shared.journal.Projection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Computes the harness's tables from its acts; the fixtures of a dataset from its object. */
@ApplicationScoped
class HarnessProjection implements Projection {

    private final HarnessStore store;
    private final ObjectStore objects;

    HarnessProjection(HarnessStore store, ObjectStore objects) {
        this.store = store;
        this.objects = objects;
    }

    @Override
    public Area area() {
        return Area.EVAL_HARNESS;
    }

    @Override
    public String name() {
        return "evaluation-harness";
    }

    @Override
    public List<String> tables() {
        return HarnessStore.TABLES;
    }

    @Override
    public Uni<Void> apply(Statements in, List<Act> acts) {
        return Multi.createFrom().iterable(acts)
                .onItem().transformToUniAndConcatenate(act -> apply(in, act))
                .collect().asList().replaceWithVoid();
    }

    private Uni<Void> apply(Statements in, Act act) {
        DocumentKind kind = DocumentKind.valueOf(act.detail().path("of").asText());
        VersionedDocument version = new VersionedDocument(act.detail().path("name").asText(), act.detail().path("version").asLong(),
                act.detail().path("digest").asText(), (ObjectNode) act.detail().path("document"), act.at(), act.by());
        Uni<Void> document = store.insert(in, kind, version);
        return kind != DocumentKind.DATASET ? document
                : document.chain(() -> objects.read(Area.EVAL_HARNESS, Hash.parse(version.digest())))
                        .map(HarnessProjection::fixtures)
                        .chain(fixtures -> store.insert(in, version.digest(), fixtures));
    }

    private static List<Fixture> fixtures(byte[] object) {
        try {
            return DatasetText.of(object).fixtures();
        } catch (InvalidResults e) {
            throw new IllegalStateException("the object of a dataset is none: " + e.place() + ": " + e.what());
        }
    }
}
