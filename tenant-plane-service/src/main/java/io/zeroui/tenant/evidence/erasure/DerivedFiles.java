package io.zeroui.tenant.evidence.erasure;

import io.zeroui.contracts.identity.TenantId;
import java.io.IOException;

/** Files that were made out of a ledger's lines and may have an erased one. */
public interface DerivedFiles {

    /**
     * Removes those that may have a line of this sequence or a later one. They are off the disk when this returns, and what is
     * being written is not finished. Repeated after a crash; changes nothing where it is done. Blocking.
     *
     * @throws IOException when something could not be removed: the erasure is not finished then
     */
    void removeFrom(TenantId tenant, long sequence) throws IOException;
}
