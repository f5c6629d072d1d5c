package io.zeroui.shared.supplychain.sbom.store;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.shared.journal.Act;
import io.zeroui.shared.journal.Area;
import io.zeroui.shared.journal.ObjectStore;
import io.zeroui.shared.journal.Projection;
import io.zeroui.shared.supplychain.sbom.model.Sbom;
import io.zeroui.shared.supplychain.sbom.read.SbomReader;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.List;

/** Computes the tables from the acts {@code sbom-added} and the documents that they name. */
@ApplicationScoped
class SbomProjection implements Projection {

    private final SbomWriteStore store;
    private final SbomReader reader;
    private final ReadSboms read;
    private final ObjectStore objects;

    SbomProjection(SbomWriteStore store, SbomReader reader, ReadSboms read, ObjectStore objects) {
        this.store = store;
        this.reader = reader;
        this.read = read;
        this.objects = objects;
    }

    @Override
    public Area area() {
        return Area.SBOM;
    }

    @Override
    public String name() {
        return "sboms";
    }

    @Override
    public List<String> tables() {
        return List.of("app.sboms", "app.components", "app.component_licences", "app.component_hashes", "app.sbom_components", "app.sbom_dependencies");
    }

    @Override
    public Uni<Void> apply(Statements in, List<Act> acts) {
        return Multi.createFrom().iterable(acts).filter(act -> act.kind().equals(SbomStore.ADDED))
                .onItem().transformToUniAndConcatenate(act -> document(Hash.parse(act.detail().path("digest").asText()))
                        .chain(sbom -> store.write(in, act, sbom)))
                .collect().asList()
                .replaceWithVoid();
    }

    private Uni<Sbom> document(Hash digest) {
        return Uni.createFrom().item(() -> read.find(digest).orElseGet(() -> reread(digest)))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private Sbom reread(Hash digest) {
        Path file = objects.path(Area.SBOM, digest);
        if (!FileDigest.of(file).equals(digest)) {
            throw new IllegalStateException("the object " + digest.hex() + " of " + Area.SBOM.key() + " is not what it was");
        }
        return reader.read(file);
    }
}
