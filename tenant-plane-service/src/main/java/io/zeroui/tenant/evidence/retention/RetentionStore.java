package io.zeroui.tenant.evidence.retention;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.bases.LedgerBase.Act;
import io.zeroui.contracts.ledger.bases.LedgerBase.Erased;
import io.zeroui.contracts.ledger.bases.LedgerBase.Link;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.runtime.tenancy.Tenancy;
import io.zeroui.tenant.evidence.index.EvidenceStore;
import io.zeroui.tenant.evidence.index.StoreColumns;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** What a base is made of, and the rows that go behind it. Fails as {@link EvidenceStore#answer}. */
@ApplicationScoped
class RetentionStore {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);
    /** While a ledger is held, nobody's receipts are taken. */
    private static final Duration SHORT = Duration.ofSeconds(10);
    private static final int ROWS = 2_000;

    private final Tenancy tenancy;

    RetentionStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** What the index has of the lines that shall go. */
    record Rest(List<Link> links, List<Act> acts, List<Erased> erased) {
    }

    /** Today by the database's clock: where it runs on another machine, one clock that is ahead drops nothing. */
    Uni<LocalDate> today(TenantId tenant) {
        return EvidenceStore.answer(SHORT, tenancy.readInTenant(tenant, in -> in.execute("SELECT (now() AT TIME ZONE 'UTC')::date AS today",
                Tuple.tuple()).map(rows -> rows.iterator().next().getLocalDate("today"))));
    }

    /** Sequence of the last act of a ledger; 0 where there is none. */
    Uni<Long> lastAct(TenantId tenant) {
        return EvidenceStore.answer(SHORT, tenancy.readInTenant(tenant, in -> in.execute("""
                SELECT COALESCE(max(ledger_sequence), 0) AS last
                FROM {home}.ledger_acts
                WHERE tenant_id = $1
                """, Tuple.of(tenant.value())).map(rows -> rows.iterator().next().getLong("last"))));
    }

    /** What is left of the lines up to a sequence. */
    Uni<Rest> rest(TenantId tenant, long sequence) {
        Tuple upTo = Tuple.of(tenant.value(), sequence);
        return EvidenceStore.answer(TIMEOUT, tenancy.readInTenant(tenant, in -> links(in, upTo)
                .chain(links -> acts(in, upTo)
                        .chain(acts -> erased(in, upTo).map(erased -> new Rest(links, acts, erased))))));
    }

    private static Uni<List<Link>> links(Statements in, Tuple upTo) {
        return in.execute("""
                SELECT DISTINCT ON (chain_id) chain_id, chain_position, chain_hash
                FROM (
                    SELECT chain_id, chain_position, chain_hash FROM {home}.receipts_index
                    WHERE tenant_id = $1 AND ledger_sequence <= $2
                    UNION ALL
                    SELECT chain_id, chain_position, chain_hash FROM {home}.erased_receipts
                    WHERE tenant_id = $1 AND ledger_sequence <= $2
                    UNION ALL
                    SELECT chain_id, chain_position, chain_hash FROM {home}.dropped_links
                    WHERE tenant_id = $1 AND dropped_to <= $2
                ) AS links
                ORDER BY chain_id, chain_position DESC
                """, upTo).map(rows -> list(rows, RetentionStore::link));
    }

    private static Uni<List<Act>> acts(Statements in, Tuple upTo) {
        return in.execute("""
                SELECT ledger_sequence, done_at, statement
                FROM {home}.ledger_acts
                WHERE tenant_id = $1 AND ledger_sequence <= $2
                ORDER BY ledger_sequence
                """, upTo).map(rows -> list(rows, row -> new Act(row.getLong("ledger_sequence"),
                        row.getOffsetDateTime("done_at").toInstant(), row.getString("statement"))));
    }

    private static Uni<List<Erased>> erased(Statements in, Tuple upTo) {
        return in.execute("""
                SELECT receipt_id, ledger_sequence, received_at, chain_id, chain_position, chain_hash, tombstone_sequence
                FROM {home}.erased_receipts
                WHERE tenant_id = $1 AND ledger_sequence <= $2
                ORDER BY ledger_sequence
                """, upTo).map(rows -> list(rows, row -> new Erased(ReceiptId.of(row.getString("receipt_id")),
                        row.getLong("ledger_sequence"), row.getOffsetDateTime("received_at").toInstant(), link(row),
                        row.getLong("tombstone_sequence"))));
    }

    /** Deletes the rows and words that the index has let go, some at a time; returns how many rows. */
    Uni<Long> drop(TenantId tenant) {
        return dropSome(tenant, 0);
    }

    private Uni<Long> dropSome(TenantId tenant, long before) {
        return EvidenceStore.answer(TIMEOUT, tenancy.inTenant(tenant, in -> in.execute("SELECT app.drop_receipts($1, $2) AS dropped",
                Tuple.of(tenant.value(), ROWS)).map(rows -> rows.iterator().next().getInteger("dropped"))))
                .chain(some -> some == 0 ? Uni.createFrom().item(before) : dropSome(tenant, before + some));
    }

    private static Link link(Row row) {
        return new Link(row.getString("chain_id"), row.getLong("chain_position"), StoreColumns.hash(row, "chain_hash"));
    }

    private static <T> List<T> list(RowSet<Row> rows, Function<Row, T> read) {
        return StreamSupport.stream(rows.spliterator(), false).map(read).toList();
    }
}
