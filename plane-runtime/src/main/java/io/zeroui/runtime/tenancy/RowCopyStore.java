package io.zeroui.runtime.tenancy;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.TenantId;

/** Copies a tenant's rows of one table between homes, as JSON, and says whether both have the same. */
final class RowCopyStore {

    private final MovedTable table;
    private final String columns;
    private final TenantId tenant;

    private RowCopyStore(MovedTable table, String columns, TenantId tenant) {
        this.table = table;
        this.columns = columns;
        this.tenant = tenant;
    }

    /**
     * Rows on their way.
     *
     * @param json an array of rows
     * @param rows how many
     * @param last the greatest value of the column by which the table grows; 0 for others
     */
    record Page(String json, long rows, long last) {
    }

    /**
     * Fingerprint of a tenant's rows in one table.
     *
     * @param table whose
     * @param rows how many
     * @param sum of the first 60 bits of every row's MD5, against errors and not against attackers
     */
    record Fingerprint(String table, long rows, String sum) {
    }

    /** For the columns that the table has in the home of the statements. */
    static Uni<RowCopyStore> of(Statements in, MovedTable table, TenantId tenant) {
        return in.execute("""
                SELECT string_agg(quote_ident(attname), ', ' ORDER BY attnum) AS columns
                FROM pg_attribute
                WHERE attrelid = '{home}.%s'::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = '' AND attgenerated = ''
                """.formatted(table.name()))
                .map(found -> new RowCopyStore(table, found.iterator().next().getString("columns"), tenant));
    }

    /** Whether new rows always come last. */
    boolean isGrowing() {
        return table.growsBy() != null;
    }

    /** Whether the copy must have exactly the rows of the original. */
    boolean isComparable() {
        return !table.isQueue();
    }

    /** The next rows of a table that grows; more than {@code limit} where several have the last one's value. */
    Uni<Page> next(Statements in, long after, int limit) {
        return page(in, "SELECT * FROM {home}.%1$s WHERE tenant_id = $1 AND %2$s > $2 ORDER BY %2$s FETCH FIRST $3 ROWS WITH TIES"
                .formatted(table.name(), table.growsBy()), "max(r." + table.growsBy() + ")",
                Tuple.of(tenant.value(), after, limit));
    }

    /** All rows of a table that changes: a chain's head, a watermark, a queue. */
    Uni<Page> all(Statements in) {
        return page(in, "SELECT * FROM {home}." + table.name() + " WHERE tenant_id = $1", "0", Tuple.of(tenant.value()));
    }

    /** Writes rows; fails on one that is there already. */
    Uni<Void> write(Statements in, Page page) {
        return in.execute("""
                INSERT INTO {home}.%1$s (%2$s)
                SELECT %2$s FROM jsonb_populate_recordset(NULL::{home}.%1$s, $1::text::jsonb)
                """.formatted(table.name(), columns), Tuple.of(page.json())).invoke(written -> {
                    if (written.rowCount() != page.rows()) {
                        throw new IllegalStateException(written.rowCount() + " of " + page.rows() + " rows of " + table.name()
                                + " were written");
                    }
                }).replaceWithVoid();
    }

    /** What the home of the statements has. */
    Uni<Fingerprint> fingerprint(Statements in) {
        return in.execute("""
                SELECT count(*) AS rows,
                       COALESCE(sum(('x' || left(md5(jsonb_build_array(%2$s)::text), 15))::bit(60)::bigint), 0)::text AS sum
                FROM {home}.%1$s
                WHERE tenant_id = $1
                """.formatted(table.name(), columns), Tuple.of(tenant.value()))
                .map(found -> found.iterator().next())
                .map(row -> new Fingerprint(table.name(), row.getLong("rows"), row.getString("sum")));
    }

    private static Uni<Page> page(Statements in, String rows, String last, Tuple values) {
        return in.execute("""
                SELECT COALESCE(jsonb_agg(to_jsonb(r)), '[]')::text AS json, count(*) AS rows, COALESCE(%2$s, 0)::bigint AS last
                FROM (%1$s) AS r
                """.formatted(rows, last), values)
                .map(found -> found.iterator().next())
                .map(row -> new Page(row.getString("json"), row.getLong("rows"), row.getLong("last")));
    }
}
