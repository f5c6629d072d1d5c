package io.zeroui.shared.supplychain.vex;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.shared.journal.Act;
import io.zeroui.shared.journal.Area;
import io.zeroui.shared.journal.ObjectStore;
import io.zeroui.shared.journal.Projection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Computes the tables from the acts {@code vex-added} and the documents that they name. */
@ApplicationScoped
class VexProjection implements Projection {

    private final VexStore store;
    private final ObjectStore objects;

    VexProjection(VexStore store, ObjectStore objects) {
        this.store = store;
        this.objects = objects;
    }

    @Override
    public Area area() {
        return Area.SBOM;
    }

    @Override
    public String name() {
        return "vex";
    }

    @Override
    public List<String> tables() {
        return List.of("app.vex_documents", "app.vex_statements");
    }

    @Override
    public Uni<Void> apply(Statements in, List<Act> acts) {
        return Multi.createFrom().iterable(acts).filter(act -> act.kind().equals(VexStore.ADDED))
                .onItem().transformToUniAndConcatenate(act -> objects.read(Area.SBOM, Hash.parse(act.detail().path("digest").asText()))
                        .map(VexReader::read)
                        .chain(document -> store.write(in, act, document)))
                .collect().asList()
                .replaceWithVoid();
    }
}
