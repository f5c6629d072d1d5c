package io.zeroui.tenant.registry;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.events.RegisteredKey;
import java.util.List;

/** Whoever keeps the tenants' keys; told before the mirror of the registry moves on. */
public interface KeyStatements {

    /**
     * Writes down what the registry says of keys. Statements may come twice, late and in any order.
     *
     * @param epoch of the registry
     * @return completes when all is on disk; a failure means that the statements come again
     */
    Uni<Void> apply(String epoch, List<RegisteredKey> keys);
}
