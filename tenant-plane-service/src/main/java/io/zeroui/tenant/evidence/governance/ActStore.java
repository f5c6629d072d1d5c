package io.zeroui.tenant.evidence.governance;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.RepoId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.acts.ActCodec;
import io.zeroui.contracts.ledger.acts.HoldFilter;
import io.zeroui.contracts.ledger.acts.LedgerAct.HoldPlaced;
import io.zeroui.contracts.ledger.acts.LedgerAct.HoldReleased;
import io.zeroui.runtime.tenancy.Tenancy;
import io.zeroui.tenant.evidence.index.EvidenceStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Reads what was done to ledgers. Fails as {@link EvidenceStore#answer}. */
@ApplicationScoped
class ActStore {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SCAN_TIMEOUT = Duration.ofMinutes(2);

    private final Tenancy tenancy;

    ActStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** A tenant's holds in the order in which they were placed, at most {@code limit}; with {@code released} also ended ones. */
    Uni<List<Hold>> listHolds(TenantId tenant, boolean released, int limit) {
        return EvidenceStore.answer(TIMEOUT, tenancy.readInTenant(tenant, in -> in.execute("""
                SELECT placed.ledger_sequence, placed.done_at, placed.statement, ended.done_at AS ended_at,
                       ended.statement AS end_statement
                FROM {home}.ledger_acts AS placed
                LEFT JOIN {home}.ledger_acts AS ended
                    ON ended.tenant_id = placed.tenant_id AND ended.act = 'hold_released' AND ended.subject = placed.subject
                WHERE placed.tenant_id = $1 AND placed.act = 'hold_placed' AND ($2 OR ended.ledger_sequence IS NULL)
                ORDER BY placed.ledger_sequence
                LIMIT $3
                """, Tuple.of(tenant.value(), released, limit))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(ActStore::hold).toList())));
    }

    /** The hold of that id, lasting or ended, in a list of one or none. */
    Uni<List<Hold>> listHolds(TenantId tenant, String id) {
        return EvidenceStore.answer(TIMEOUT, tenancy.readInTenant(tenant, in -> in.execute("""
                SELECT placed.ledger_sequence, placed.done_at, placed.statement, ended.done_at AS ended_at,
                       ended.statement AS end_statement
                FROM {home}.ledger_acts AS placed
                LEFT JOIN {home}.ledger_acts AS ended
                    ON ended.tenant_id = placed.tenant_id AND ended.act = 'hold_released' AND ended.subject = placed.subject
                WHERE placed.tenant_id = $1 AND placed.act = 'hold_placed' AND placed.subject = $2
                """, Tuple.of(tenant.value(), id))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(ActStore::hold).toList())));
    }

    /** The oldest receipt up to a sequence that a hold keeps. */
    Uni<Optional<Held>> findFirstHeld(TenantId tenant, Hold hold, long sequence) {
        HoldFilter filter = hold.placed().filter();
        RepoId repo = filter.repoId();
        return EvidenceStore.answer(SCAN_TIMEOUT, tenancy.readInTenant(tenant, in -> in.execute("""
                SELECT ledger_sequence, file
                FROM {home}.receipts_index
                WHERE tenant_id = $1 AND ledger_sequence <= $2
                  AND ($3::text[] IS NULL OR receipt_id = ANY ($3)) AND ($4::text IS NULL OR repo_id = $4)
                  AND ($5::text IS NULL OR gate_id = $5) AND ($6::timestamptz IS NULL OR timestamp_utc >= $6)
                  AND ($7::timestamptz IS NULL OR timestamp_utc < $7)
                ORDER BY ledger_sequence
                LIMIT 1
                """, Tuple.tuple().addValue(tenant.value()).addValue(sequence)
                .addValue(filter.receiptIds().isEmpty() ? null : filter.receiptIds().stream().map(ReceiptId::value).toArray(String[]::new))
                .addValue(repo == null ? null : repo.value()).addValue(filter.gateId())
                .addValue(utc(filter.from())).addValue(utc(filter.to())))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).findFirst()
                        .map(row -> new Held(hold.placed().name(), row.getLong("ledger_sequence"), FileDay.of(row.getString("file")))))));
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    private static Hold hold(Row row) {
        if (!(ActCodec.read(row.getString("statement")) instanceof HoldPlaced placed)) {
            throw new IllegalStateException("line " + row.getLong("ledger_sequence") + " does not place a hold");
        }
        return new Hold(placed, row.getOffsetDateTime("done_at").toInstant(), row.getLong("ledger_sequence"),
                released(row.getString("end_statement")), endedAt(row));
    }

    private static @Nullable HoldReleased released(@Nullable String statement) {
        return statement != null && ActCodec.read(statement) instanceof HoldReleased released ? released : null;
    }

    private static @Nullable Instant endedAt(Row row) {
        OffsetDateTime endedAt = row.getOffsetDateTime("ended_at");
        return endedAt == null ? null : endedAt.toInstant();
    }
}
