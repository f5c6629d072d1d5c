package io.zeroui.runtime.tenancy;

import io.vertx.mutiny.sqlclient.Pool;
import io.zeroui.contracts.tenants.IsolationTier;
import org.jspecify.annotations.Nullable;

/**
 * Where the rows of one tenant, or of all that share tables, are.
 *
 * @param tier how they are kept apart
 * @param place the schema's or the database's name; empty for the shared tables
 * @param schema the schema's name, quoted where it must be; a statement's {@code {home}} stands for it
 * @param pool connections to its database; null while that is not known or not ready
 */
public record Home(IsolationTier tier, String place, String schema, @Nullable Pool pool) {

    /** How statements write the schema of the home that they run in. */
    static final String IN_SQL = "{home}";

    static final String SHARED_SCHEMA = "app";

    static Home shared(Pool pool) {
        return new Home(IsolationTier.SHARED, "", SHARED_SCHEMA, pool);
    }

    static Home ownSchema(String name, @Nullable Pool pool) {
        return new Home(IsolationTier.SCHEMA, name, '"' + name.replace("\"", "\"\"") + '"', pool);
    }

    static Home ownDatabase(String name, @Nullable Pool pool) {
        return new Home(IsolationTier.DATABASE, name, SHARED_SCHEMA, pool);
    }

    /** Whether there are connections to it. */
    public boolean isReady() {
        return pool != null;
    }

    /** What {@code app.enter} says in this home's database for a tenant that lives in it. */
    String mark() {
        return tier == IsolationTier.SCHEMA ? "schema:" + place : "";
    }

    /** The statement for this home. */
    String resolve(String sql) {
        return sql.replace(IN_SQL, schema);
    }

    /** Without anything of the connection. */
    @Override
    public String toString() {
        return tier == IsolationTier.SHARED ? tier.key() : tier.key() + " " + place;
    }
}
