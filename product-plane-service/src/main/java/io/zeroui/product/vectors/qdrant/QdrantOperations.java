package io.zeroui.product.vectors.qdrant;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.PayloadChange;
import io.zeroui.product.vectors.PointSelector;
import io.zeroui.product.vectors.Points;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.model.Returning;
import io.zeroui.product.vectors.model.VectorProblem;
import io.zeroui.product.vectors.qdrant.wire.WireOperation;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Carries out changes of points. */
@ApplicationScoped
class QdrantOperations {

    private final Points points;

    QdrantOperations(Points points) {
        this.points = points;
    }

    /** One change; each is whole by itself. */
    Uni<Void> run(TenantId tenant, CollectionName collection, WireOperation operation) {
        if (operation instanceof WireOperation.Upsert upsert) {
            return points.upsert(tenant, collection, upsert.points());
        }
        if (operation instanceof WireOperation.Delete delete) {
            return points.delete(tenant, collection, delete.which()).replaceWithVoid();
        }
        if (operation instanceof WireOperation.UpdateVectors update) {
            return points.updateVectors(tenant, collection, update.vectors());
        }
        WireOperation.ChangePayload change = (WireOperation.ChangePayload) operation;
        return known(tenant, collection, change)
                .chain(() -> points.changePayload(tenant, collection, change.which(), change.change()))
                .replaceWithVoid();
    }

    /** Changes in their order. The first that fails ends them; those before it stay. */
    Uni<Void> runAll(TenantId tenant, CollectionName collection, List<WireOperation> operations) {
        return Multi.createFrom().iterable(operations)
                .onItem().transformToUniAndConcatenate(operation -> run(tenant, collection, operation))
                .onItem().ignoreAsUni();
    }

    /** As with Qdrant nobody puts a payload to a point that is not there. */
    private Uni<Void> known(TenantId tenant, CollectionName collection, WireOperation.ChangePayload change) {
        boolean gives = change.change() instanceof PayloadChange.Put || change.change() instanceof PayloadChange.Overwrite;
        if (!gives || !(change.which() instanceof PointSelector.Ids named)) {
            return Uni.createFrom().voidItem();
        }
        return points.get(tenant, collection, named.ids(), Returning.NOTHING).invoke(found -> {
            Set<PointId> missing = new LinkedHashSet<>(named.ids());
            found.forEach(point -> missing.remove(point.id()));
            if (!missing.isEmpty()) {
                throw VectorProblem.missing("point " + missing.iterator().next());
            }
        }).replaceWithVoid();
    }
}
