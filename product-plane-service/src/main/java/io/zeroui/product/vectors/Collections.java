package io.zeroui.product.vectors;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.model.CollectionInfo;
import io.zeroui.product.vectors.model.CollectionName;
import io.zeroui.product.vectors.model.CollectionSpec;
import io.zeroui.product.vectors.model.FieldType;
import io.zeroui.product.vectors.model.IndexSpec;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Tenants' collections and their aliases. Wherever a collection is named, an alias of it may be. */
@ApplicationScoped
public class Collections {

    /** Makes a collection; 409 where the name is taken, 400 where the tenant has too many. */
    public Uni<CollectionInfo> create(TenantId tenant, CollectionName name, CollectionSpec spec) {
        throw new UnsupportedOperationException();
    }

    /** The collection of that name; 404 where there is none. */
    public Uni<CollectionInfo> get(TenantId tenant, CollectionName name) {
        throw new UnsupportedOperationException();
    }

    /** Whether there is a collection, or an alias, of that name. */
    public Uni<Boolean> exists(TenantId tenant, CollectionName name) {
        throw new UnsupportedOperationException();
    }

    /** All of them, in the order of their names. */
    public Uni<List<CollectionInfo>> list(TenantId tenant) {
        throw new UnsupportedOperationException();
    }

    /** Gives it another index, which is built in the background; 404 where there is no such collection. */
    public Uni<CollectionInfo> change(TenantId tenant, CollectionName name, IndexSpec index) {
        throw new UnsupportedOperationException();
    }

    /** Removes it with its points and aliases; false where there is none. An alias does not do here. */
    public Uni<Boolean> delete(TenantId tenant, CollectionName name) {
        throw new UnsupportedOperationException();
    }

    /** Indexes a field of the payloads, of those that are there too; the same again does nothing, another type is 409. */
    public Uni<Void> createPayloadIndex(TenantId tenant, CollectionName name, String field, FieldType type) {
        throw new UnsupportedOperationException();
    }

    /** Removes the index of a field; false where there is none. */
    public Uni<Boolean> deletePayloadIndex(TenantId tenant, CollectionName name, String field) {
        throw new UnsupportedOperationException();
    }

    /** The aliases and what they mean, in the order of their names. */
    public Uni<Map<CollectionName, CollectionName>> aliases(TenantId tenant) {
        throw new UnsupportedOperationException();
    }

    /** Changes aliases, all at once or none; 404 for a collection or an alias that is not there, 409 for the name of a collection. */
    public Uni<Void> changeAliases(TenantId tenant, List<AliasChange> changes) {
        throw new UnsupportedOperationException();
    }

    /** How many points it has, counted up to a bound, and how many of the ones on their way to another partition still wait. */
    public Uni<Long> points(TenantId tenant, CollectionName name) {
        throw new UnsupportedOperationException();
    }
}
