package io.zeroui.runtime.tenancy;

import io.vertx.pgclient.PgException;
import io.zeroui.contracts.tenants.IsolationTier;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A transaction went to where its tenant does not live, or not any more; nothing of it was done. */
final class TenantMoved extends IOException {

    private static final long serialVersionUID = 1L;

    /** No such table, no such schema. */
    private static final Set<String> GONE = Set.of("42P01", "3F000");

    TenantMoved(String expected, String found) {
        super("the tenant's rows are not in " + (expected.isEmpty() ? "the shared tables" : expected) + " but in "
                + (found.isEmpty() ? "the shared tables" : found));
    }

    /**
     * What a statement's failure means: where a tenant had a schema of its own that is not there, it has moved. The statement
     * may be prepared before the database is asked where the tenant lives, and then it is the missing schema that speaks first.
     *
     * @param mark of the home, or null where tenants do not move
     */
    static Throwable cause(Home home, @Nullable String mark, Throwable failure) {
        boolean isGone = mark != null && home.tier() == IsolationTier.SCHEMA && failure instanceof PgException pg
                && GONE.contains(String.valueOf(pg.getSqlState()));
        return isGone ? new TenantMoved(home.mark(), "another place") : failure;
    }
}
