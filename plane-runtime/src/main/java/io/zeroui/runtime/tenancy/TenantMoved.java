package io.zeroui.runtime.tenancy;

import java.io.IOException;

/** A transaction went to where its tenant does not live, or not any more; nothing of it was done. */
final class TenantMoved extends IOException {

    private static final long serialVersionUID = 1L;

    TenantMoved(String expected, String found) {
        super("the tenant's rows are not in " + (expected.isEmpty() ? "the shared tables" : expected) + " but in "
                + (found.isEmpty() ? "the shared tables" : found));
    }
}
