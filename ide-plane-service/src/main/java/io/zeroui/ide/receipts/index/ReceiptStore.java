package io.zeroui.ide.receipts.index;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.receipts.ReceiptKind;
import io.zeroui.ide.receipts.LinePosition;
import io.zeroui.ide.receipts.ReceiptEntry;
import io.zeroui.ide.receipts.claims.StoredReceipt;
import io.zeroui.runtime.tenancy.Select;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** SQL on {@code core.receipts_index} and {@code core.file_watermarks}; adds rows to {@code core.outbox}. */
@ApplicationScoped
class ReceiptStore {

    private static final String UNIQUENESS = "a receipt's id is unique over all tenants of the edge";
    private static final String FILES = "a file of receipts has lines of any tenant, and its watermark moves with them";
    private static final String LAPTOP = "the edge answers its one user, who may have worked for several tenants";
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String COLUMNS = """
            receipt_id, kind, tenant_id, repo_id, gate_id, status, evaluation_point, severity, timestamp_utc, kid, hash,
            file, file_offset, line_length""";

    private static final Select STORED = Select.of("""
            SELECT receipt_id, hash, file, file_offset, line_length, tenant_id
              FROM core.receipts_index
             WHERE receipt_id = ANY ($1)""");

    private static final Select BY_ID = Select.of("SELECT " + COLUMNS + " FROM core.receipts_index WHERE receipt_id = $1");

    private static final Select NEWEST = Select.of("SELECT " + COLUMNS + """

              FROM core.receipts_index
             WHERE timestamp_utc >= $1 AND ($3::text IS NULL OR tenant_id = $3)
             ORDER BY timestamp_utc DESC, receipt_id
             LIMIT $2""");

    private static final Select NEWEST_OF_REPOSITORY = Select.of("SELECT " + COLUMNS + """

              FROM core.receipts_index
             WHERE repo_id = $1 AND timestamp_utc >= $2 AND ($4::text IS NULL OR tenant_id = $4)
             ORDER BY timestamp_utc DESC, receipt_id
             LIMIT $3""");

    private static final Select FROM_ID = Select.of("SELECT " + COLUMNS + """

              FROM core.receipts_index
             WHERE receipt_id > $1
             ORDER BY receipt_id
             LIMIT $2""");

    private final Tenancy tenancy;

    ReceiptStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** What the index has under these ids; those that it does not have are left out. */
    Uni<Map<ReceiptId, StoredReceipt>> listStored(Collection<ReceiptId> ids) {
        return tenancy.listInPlane(UNIQUENESS, STORED, Tuple.of(ids.stream().map(ReceiptId::value).toArray(String[]::new)))
                .map(rows -> {
                    Map<ReceiptId, StoredReceipt> stored = new HashMap<>();
                    rows.forEach(row -> stored.put(ReceiptId.of(row.getString("receipt_id")), storedOf(row)));
                    return stored;
                });
    }

    /**
     * One transaction: new rows, their outbox rows in the same order, better positions of known rows, watermarks. Fails
     * with {@link #isKnownId} and changes nothing when an id is in the index already.
     */
    Uni<Void> index(IndexChange change) {
        List<ReceiptEntry> rows = change.rows();
        Tuple parameters = Tuple.tuple();
        parameters.addValue(texts(rows, entry -> entry.id().value()))
                .addValue(texts(rows, entry -> entry.kind().key()))
                .addValue(texts(rows, entry -> entry.tenantId().value()))
                .addValue(texts(rows, entry -> entry.repoId().value()))
                .addValue(texts(rows, ReceiptEntry::gateId))
                .addValue(texts(rows, ReceiptEntry::status))
                .addValue(texts(rows, ReceiptEntry::evaluationPoint))
                .addValue(texts(rows, ReceiptEntry::severity))
                .addValue(rows.stream().map(entry -> entry.timestampUtc().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new))
                .addValue(texts(rows, entry -> entry.kid().value()))
                .addValue(rows.stream().map(entry -> Buffer.buffer(entry.hash().bytes())).toArray(Buffer[]::new))
                .addValue(texts(rows, entry -> entry.position().file()))
                .addValue(rows.stream().map(entry -> entry.position().offset()).toArray(Long[]::new))
                .addValue(rows.stream().map(entry -> entry.position().length()).toArray(Integer[]::new))
                .addValue(texts(change.moves(), entry -> entry.id().value()))
                .addValue(texts(change.moves(), entry -> entry.position().file()))
                .addValue(change.moves().stream().map(entry -> entry.position().offset()).toArray(Long[]::new))
                .addValue(change.watermarks().keySet().toArray(String[]::new))
                .addValue(change.watermarks().values().toArray(Long[]::new));
        return tenancy.inPlane(FILES, in -> in.execute("""
                WITH incoming AS MATERIALIZED (
                    SELECT *
                      FROM UNNEST ($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[],
                                   $8::text[], $9::timestamptz[], $10::text[], $11::bytea[], $12::text[], $13::bigint[],
                                   $14::integer[])
                      WITH ORDINALITY
                        AS line (receipt_id, kind, tenant_id, repo_id, gate_id, status, evaluation_point, severity,
                                 timestamp_utc, kid, hash, file, file_offset, line_length, place)
                ), indexed AS (
                    INSERT INTO core.receipts_index (receipt_id, kind, tenant_id, repo_id, gate_id, status,
                           evaluation_point, severity, timestamp_utc, kid, hash, file, file_offset, line_length)
                    SELECT receipt_id, kind, tenant_id, repo_id, gate_id, status, evaluation_point, severity,
                           timestamp_utc, kid, hash, file, file_offset, line_length
                      FROM incoming
                ), queued AS (
                    INSERT INTO core.outbox (receipt_id, tenant_id, repo_id, kid, hash, file, file_offset, line_length)
                    SELECT receipt_id, tenant_id, repo_id, kid, hash, file, file_offset, line_length
                      FROM incoming
                     ORDER BY place
                ), moved AS (
                    UPDATE core.receipts_index AS known
                       SET file = earlier.file, file_offset = earlier.file_offset
                      FROM UNNEST ($15::text[], $16::text[], $17::bigint[]) AS earlier (receipt_id, file, file_offset)
                     WHERE known.receipt_id = earlier.receipt_id
                       AND (known.file, known.file_offset) > (earlier.file COLLATE "C", earlier.file_offset)
                )
                INSERT INTO core.file_watermarks AS mark (file, indexed_to)
                SELECT file, indexed_to
                  FROM UNNEST ($18::text[], $19::bigint[]) AS moved_mark (file, indexed_to)
                    ON CONFLICT (file) DO UPDATE SET indexed_to = EXCLUDED.indexed_to, updated_at = now()
                """, parameters)).replaceWithVoid();
    }

    /** Whether {@link #index} failed because an id is in the index already. */
    static boolean isKnownId(Throwable failure) {
        return failure instanceof PgException exception && UNIQUE_VIOLATION.equals(exception.getSqlState());
    }

    /** How far each file is indexed, by path relative to {@code ZU_ROOT}. */
    Uni<Map<String, Long>> listWatermarks() {
        return tenancy.readInPlane(FILES,
                in -> in.execute("SELECT file, indexed_to FROM core.file_watermarks ORDER BY file LIMIT 1000000"))
                .map(rows -> {
                    Map<String, Long> marks = new HashMap<>();
                    rows.forEach(row -> marks.put(row.getString("file"), row.getLong("indexed_to")));
                    return marks;
                });
    }

    /** The receipt of that id, or null. */
    Uni<@Nullable ReceiptEntry> find(ReceiptId id) {
        return tenancy.listInPlane(LAPTOP, BY_ID, Tuple.of(id.value()))
                .map(rows -> rows.isEmpty() ? null : entryOf(rows.get(0)));
    }

    /** The newest receipts by their own time, newest first; of one tenant or, for null, of all. */
    Uni<List<ReceiptEntry>> listNewest(@Nullable TenantId tenant, Instant since, int limit) {
        return list(tenant, NEWEST, Tuple.of(since.atOffset(ZoneOffset.UTC), limit, text(tenant)));
    }

    /** The newest receipts of one repository by their own time, newest first; of one tenant or, for null, of all. */
    Uni<List<ReceiptEntry>> listNewest(@Nullable TenantId tenant, RepoId repoId, Instant since, int limit) {
        return list(tenant, NEWEST_OF_REPOSITORY,
                Tuple.of(repoId.value(), since.atOffset(ZoneOffset.UTC), limit, text(tenant)));
    }

    /** Receipts in the order of their ids, beginning after one; the empty text is before all. */
    Uni<List<ReceiptEntry>> listById(String after, int limit) {
        return list(null, FROM_ID, Tuple.of(after, limit));
    }

    /** For a tenant its rows only; for the plane, with null, all. */
    private Uni<List<ReceiptEntry>> list(@Nullable TenantId tenant, Select select, Tuple parameters) {
        return (tenant == null ? tenancy.listInPlane(LAPTOP, select, parameters)
                : tenancy.listInTenant(tenant, select, parameters)).map(ReceiptStore::entries);
    }

    private static @Nullable String text(@Nullable TenantId tenant) {
        return tenant == null ? null : tenant.value();
    }

    private static List<ReceiptEntry> entries(List<Row> rows) {
        return rows.stream().map(ReceiptStore::entryOf).toList();
    }

    private static ReceiptEntry entryOf(Row row) {
        StoredReceipt stored = storedOf(row);
        return new ReceiptEntry(ReceiptId.of(row.getString("receipt_id")),
                ReceiptKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)), stored.tenantId(),
                RepoId.of(row.getString("repo_id")), row.getString("gate_id"), row.getString("status"),
                row.getString("evaluation_point"), row.getString("severity"),
                row.getOffsetDateTime("timestamp_utc").toInstant(), Kid.of(row.getString("kid")), stored.hash(),
                stored.position());
    }

    private static StoredReceipt storedOf(Row row) {
        return new StoredReceipt(new Hash(row.getBuffer("hash").getBytes()),
                new LinePosition(row.getString("file"), row.getLong("file_offset"), row.getInteger("line_length")),
                TenantId.of(row.getString("tenant_id")));
    }

    private static @Nullable String[] texts(List<ReceiptEntry> entries,
            Function<ReceiptEntry, @Nullable String> column) {
        @Nullable
        String[] values = new String[entries.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(entries.get(i));
        }
        return values;
    }
}
