package io.zeroui.tenant.evidence.claims;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.claims.AffectedClaims;
import io.zeroui.contracts.policy.claims.PolicyClaim;
import io.zeroui.contracts.policy.claims.PolicyStanding;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** The standing of claims in {@code app.receipts_index}, and by how much of the history they are judged. */
@ApplicationScoped
class ClaimStore {

    /** Rows of one step. */
    static final int STEP = 2_000;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Tenancy tenancy;

    ClaimStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /**
     * How far a tenant's rows are judged.
     *
     * @param lines by so many lines of the history all rows are judged at least
     * @param last ledger sequence of the last row that may have been judged by fewer than there are now
     */
    record Judged(long lines, long last) {
    }

    /**
     * A row that may stand otherwise.
     *
     * @param sequence in the ledger
     * @param standing as the row has it
     */
    record Candidate(String receiptId, long sequence, PolicyClaim claim, PolicyStanding standing) {
    }

    /** A row's other standing. */
    record Change(String receiptId, PolicyStanding standing) {
    }

    /**
     * How it stands now; empty while no row was ever written. The writer of the index holds this row, so nothing that was judged before
     * is still to be written.
     */
    Uni<Optional<Judged>> judged(TenantId tenant) {
        return tenancy.inTenant(tenant, in -> in.execute("""
                SELECT policy_lines, ledger_sequence
                FROM {home}.ledger_watermarks
                WHERE tenant_id = $1
                FOR UPDATE
                """, Tuple.of(tenant.value())))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).findFirst()
                        .map(row -> new Judged(row.getLong("policy_lines"), row.getLong("ledger_sequence"))))
                .ifNoItem().after(TIMEOUT).fail();
    }

    /** The next affected rows behind {@code from} up to {@code to} in the ledger, at most {@link #STEP}. */
    Uni<List<Candidate>> list(TenantId tenant, AffectedClaims affected, long from, long to) {
        Tuple values = Tuple.of(tenant.value(), from, to, STEP);
        String where = affected.all() ? "policy_standing <> 'none'" : where(affected, values);
        return tenancy.readInTenant(tenant, in -> in.execute("""
                SELECT receipt_id, ledger_sequence, policy_version_ids, snapshot_hash, edge_id, timestamp_utc, policy_standing
                FROM {home}.receipts_index
                WHERE tenant_id = $1 AND ledger_sequence > $2 AND ledger_sequence <= $3 AND (%s)
                ORDER BY ledger_sequence
                LIMIT $4
                """.formatted(where), values))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(ClaimStore::candidate).toList())
                .ifNoItem().after(TIMEOUT).fail();
    }

    /** Sequences of each kind are found by an index of their own: flagged rows are few, and the others are of a time. */
    private static String where(AffectedClaims affected, Tuple values) {
        StringBuilder kinds = new StringBuilder("SELECT NULL::bigint");
        if (affected.flagged()) {
            kinds.append("""
                     UNION ALL SELECT f.ledger_sequence FROM {home}.receipts_index AS f
                    WHERE f.tenant_id = $1 AND f.policy_standing <> 'none' AND f.policy_standing <> 'consistent'
                      AND f.policy_standing <> 'unjudged'""");
        }
        Instant unjudged = affected.unjudgedFrom();
        if (unjudged != null) {
            kinds.append("""
                     UNION ALL SELECT u.ledger_sequence FROM {home}.receipts_index AS u
                    WHERE u.tenant_id = $1 AND u.policy_standing = 'unjudged' AND u.timestamp_utc >= $%d
                    """.formatted(add(values, time(unjudged))));
        }
        if (!affected.edges().isEmpty()) {
            Instant first = affected.edges().values().stream().min(Instant::compareTo).orElse(Instant.EPOCH);
            kinds.append("""
                     UNION ALL SELECT r.ledger_sequence FROM {home}.receipts_index AS r
                    JOIN UNNEST ($%d::text[], $%d::timestamptz[]) AS e (edge_id, behind)
                      ON r.edge_id = e.edge_id AND r.timestamp_utc > e.behind
                    WHERE r.tenant_id = $1 AND r.timestamp_utc > $%d AND r.policy_standing <> 'none'
                    """.formatted(add(values, affected.edges().keySet().stream().map(EdgeId::value).toArray(String[]::new)),
                    add(values, affected.edges().values().stream().map(ClaimStore::time).toArray(OffsetDateTime[]::new)),
                    add(values, time(first))));
        }
        return "ledger_sequence IN (" + kinds + ")";
    }

    private static int add(Tuple values, Object value) {
        return values.addValue(value).size();
    }

    private static OffsetDateTime time(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    private static Candidate candidate(Row row) {
        String[] ids = row.getArrayOfStrings("policy_version_ids");
        Buffer hash = (Buffer) row.getValue("snapshot_hash");
        PolicyClaim claim = new PolicyClaim(ids == null ? List.of() : List.of(ids), hash == null ? null : new Hash(hash.getBytes()),
                PolicyClaim.edge(row.getString("edge_id")), Objects.requireNonNull(row.getOffsetDateTime("timestamp_utc")).toInstant());
        return new Candidate(row.getString("receipt_id"), row.getLong("ledger_sequence"), claim,
                PolicyStanding.valueOf(row.getString("policy_standing").toUpperCase(Locale.ROOT)));
    }

    /** Writes other standings down; done twice it changes nothing. False while the tenant is being moved: nothing is written then. */
    Uni<Boolean> write(TenantId tenant, List<Change> changes) {
        return whereFree(tenant, in -> in.execute("""
                UPDATE {home}.receipts_index AS r
                SET policy_standing = c.standing
                FROM UNNEST ($2::text[], $3::text[]) AS c (receipt_id, standing)
                WHERE r.tenant_id = $1 AND r.receipt_id = c.receipt_id AND r.policy_standing IS NOT NULL
                """, Tuple.of(tenant.value(), changes.stream().map(Change::receiptId).toArray(String[]::new),
                changes.stream().map(change -> change.standing().key()).toArray(String[]::new))).replaceWithVoid());
    }

    /** Notes that all rows are judged by so many lines. False while the tenant is being moved. */
    Uni<Boolean> settle(TenantId tenant, Judged before, long lines) {
        return whereFree(tenant, in -> in.execute("""
                UPDATE {home}.ledger_watermarks
                SET policy_lines = $3
                WHERE tenant_id = $1 AND policy_lines = $2
                """, Tuple.of(tenant.value(), before.lines(), lines)).replaceWithVoid());
    }

    private Uni<Boolean> whereFree(TenantId tenant, Function<Statements, Uni<Void>> work) {
        return tenancy.inTenant(tenant, in -> in.execute("SELECT app.may_judge($1) AS free", Tuple.of(tenant.value()))
                .chain(found -> found.iterator().next().getBoolean("free") ? work.apply(in).replaceWith(true)
                        : Uni.createFrom().item(false)))
                .ifNoItem().after(TIMEOUT).fail();
    }
}
