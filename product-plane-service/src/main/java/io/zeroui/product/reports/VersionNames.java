package io.zeroui.product.reports;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import java.util.Set;

/** Which versions of policies a tenant has, by their names in receipts. */
@FunctionalInterface
public interface VersionNames {

    /**
     * Of some names those that versions of the tenant's policies have. Does not block; fails where nobody can say now, and may be asked
     * again then.
     */
    Uni<Set<String>> known(TenantId tenant, Set<String> named);
}
