package io.zeroui.product.tenants;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.tenants.IsolationTier;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.runtime.database.DatabaseFailures;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.runtime.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Creates and changes tenants and edges; a change is committed, then announced. */
@ApplicationScoped
public class TenantRegistry {

    private static final int CONFLICT = 409;

    private final TenantStore store;
    private final RegistryAnnouncer announcer;
    private final DatabaseSchema schema;

    TenantRegistry(TenantStore store, RegistryAnnouncer announcer, DatabaseSchema schema) {
        this.store = store;
        this.announcer = announcer;
        this.schema = schema;
    }

    /** Makes a tenant. Fails with 409 where one of that id is there or was. */
    Uni<TenantView> create(TenantId id, String name, Region region, String caller) {
        return answer(store.create(id, name, region, caller)
                .chain(made -> made.isPresent() ? announced(made.get())
                        : store.find(id).chain(there -> conflict("tenant_id", there.isPresent()
                                && there.get().state() == RegistryState.DELETED
                                        ? "There was a tenant of that id; ids are not given again"
                                        : "There is a tenant of that id already"))));
    }

    /** Brings a tenant into a state; one that is in it already stays as it is. */
    Uni<TenantView> move(TenantId id, RegistryState state, String caller) {
        return answer(store.move(id, state, caller)
                .chain(moved -> moved.isPresent() ? announced(moved.get())
                        : store.find(id).chain(there -> unmoved(there.orElseThrow(() -> missing("tenant")), there.get().state(),
                                state))));
    }

    /**
     * Wishes a higher tier for a tenant; the plane that keeps its rows moves them. One that has the tier already stays as it
     * is. Fails with 404 where there is no such tenant, with 409 where it is deleted or would be moved down or sideways.
     */
    Uni<TenantView> promote(TenantId id, IsolationTier tier, @Nullable String database, String caller) {
        return answer(store.promote(id, tier, database, caller)
                .chain(moved -> moved.isPresent() ? announced(moved.get())
                        : store.find(id).chain(there -> notPromoted(there.orElseThrow(() -> missing("tenant")), tier, database))));
    }

    private static Uni<TenantView> notPromoted(TenantView there, IsolationTier tier, @Nullable String database) {
        if (there.state() == RegistryState.DELETED) {
            return conflict("state", "It is deleted, and stays so");
        }
        return there.tier() == tier && Objects.equals(there.database(), database) ? Uni.createFrom().item(there)
                : conflict("tier", "Its tier is " + there.tier().key() + (there.database() == null ? "" : " " + there.database())
                        + " already; nobody is moved down, or from one database to another");
    }

    /** Enrols an edge for a tenant. Fails with 404 where there is no such tenant, with 409 where the id is or was taken. */
    Uni<EdgeView> enrol(EdgeId id, TenantId tenant, String name, String caller) {
        return answer(store.enrol(id, tenant, name, caller)
                .chain(made -> made.isPresent() ? announced(made.get()) : whyNotEnrolled(tenant)));
    }

    /** Brings an edge into a state; one that is in it already stays as it is. */
    Uni<EdgeView> moveEdge(EdgeId id, TenantId tenant, RegistryState state, String caller) {
        return answer(store.moveEdge(id, tenant, state, caller)
                .chain(moved -> moved.isPresent() ? announced(moved.get())
                        : store.findEdge(id, tenant).chain(there -> unmoved(there.orElseThrow(() -> missing("edge")),
                                there.get().state(), state))));
    }

    /** The tenant of that id. Fails with 404 where there is none. */
    Uni<TenantView> get(TenantId id) {
        return answer(store.find(id)).map(found -> found.orElseThrow(() -> missing("tenant")));
    }

    /** The state of a tenant; empty where there is none. */
    public Uni<Optional<RegistryState>> findState(TenantId id) {
        return store.find(id).map(found -> found.map(TenantView::state));
    }

    /** The tenants that are deleted. */
    public Uni<List<TenantId>> listDeleted() {
        return store.listDeleted();
    }

    /** Tenants, deleted ones too, in the order of their ids. */
    Uni<List<TenantView>> list(@Nullable TenantId after, int limit) {
        return answer(store.list(after, limit));
    }

    /** The edge of that id, if it is the tenant's. Fails with 404 where it is not. */
    Uni<EdgeView> getEdge(EdgeId id, TenantId tenant) {
        return answer(store.findEdge(id, tenant)).map(found -> found.orElseThrow(() -> missing("edge")));
    }

    /** Edges of a tenant, removed ones too, in the order of their ids. Fails with 404 where there is no such tenant. */
    Uni<List<EdgeView>> listEdges(TenantId tenant, @Nullable EdgeId after, int limit) {
        return get(tenant).chain(found -> answer(store.listEdges(tenant, after, limit)));
    }

    private Uni<TenantView> announced(TenantView tenant) {
        return announcer.announce(tenant.version()).replaceWith(tenant);
    }

    private Uni<EdgeView> announced(EdgeView edge) {
        return announcer.announce(edge.version()).replaceWith(edge);
    }

    private Uni<EdgeView> whyNotEnrolled(TenantId tenant) {
        return store.find(tenant).chain(there -> {
            Optional<TenantView> usable = there.filter(found -> found.state() != RegistryState.DELETED);
            return usable.isEmpty() ? Uni.createFrom().failure(missing("tenant"))
                    : conflict("edge_id", "There is, or was, an edge of that id; ids are not given again");
        });
    }

    private static <T> Uni<T> unmoved(T there, RegistryState state, RegistryState wanted) {
        return state == wanted ? Uni.createFrom().item(there)
                : conflict("state", "It is deleted, and stays so");
    }

    private static <T> Uni<T> conflict(String member, String detail) {
        return Uni.createFrom().failure(
                new ProblemException(ErrorCode.VALIDATION_ERROR, CONFLICT, detail, Map.of("member", member)));
    }

    private static ProblemException missing(String what) {
        return new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, "There is no such " + what);
    }

    private <T> Uni<T> answer(Uni<T> work) {
        return schema.isReady() ? work.onFailure(DatabaseFailures::isUnavailable).transform(failure -> unavailable())
                : Uni.createFrom().failure(unavailable());
    }

    private static ProblemException unavailable() {
        return new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "The database of the product plane does not answer");
    }
}
