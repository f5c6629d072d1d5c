package io.zeroui.product.vectors.placement;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;

/** What another part of the vectors' capability keeps of a tenant beside its collections. Every bean of this kind is asked. */
public interface TenantRows {

    /** Removes all of a deleted tenant. Said again it finds nothing; a failure is tried again later. */
    Uni<Void> remove(TenantId tenant);
}
