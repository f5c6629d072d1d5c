package io.zeroui.tenant.evidence.index;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.acts.ActCodec;
import io.zeroui.contracts.ledger.acts.LedgerAct;
import io.zeroui.contracts.ledger.bases.LedgerBase;
import io.zeroui.contracts.ledger.bases.LedgerBase.Act;
import io.zeroui.contracts.ledger.bases.LedgerBase.Erased;
import io.zeroui.contracts.ledger.bases.LedgerBase.Link;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.tenant.evidence.chain.ChainId;
import io.zeroui.tenant.evidence.chain.ChainLink;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** What dropped days leave in the index. Statements of the indexer's transaction. */
final class BaseIndexStore {

    private static final String NEWER = """
            ON CONFLICT (tenant_id, chain_id) DO UPDATE
            SET chain_position = excluded.chain_position, chain_hash = excluded.chain_hash, dropped_to = excluded.dropped_to,
                updated_at = now()
            WHERE dropped_links.dropped_to < excluded.dropped_to
            """;

    private BaseIndexStore() {
    }

    /** Lets rows go up to a base, with these statements in this order; the rows themselves go afterwards, some at a time. */
    static List<Uni<RowSet<Row>>> drop(Statements in, TenantId tenant, LedgerBase base) {
        return base.links().isEmpty() ? List.of() : List.of(insertLinks(in, tenant, base), in.execute("""
                UPDATE {home}.chain_heads AS head
                SET hash = decode(repeat('00', 32), 'hex'), updated_at = now()
                FROM {home}.dropped_links AS link
                WHERE link.tenant_id = $1 AND head.tenant_id = $1
                  AND head.chain_id = link.chain_id AND head.position = link.chain_position
                """, Tuple.of(tenant.value())));
    }

    /** What an index begins with whose rows up to the base are not in the files any more. */
    static List<Uni<RowSet<Row>>> insert(Statements in, TenantId tenant, LedgerBase base) {
        List<Uni<RowSet<Row>>> statements = new ArrayList<>();
        if (!base.links().isEmpty()) {
            statements.add(IndexStore.upsertHeads(in, tenant, base.links().stream().map(BaseIndexStore::head).toList()));
            statements.add(insertLinks(in, tenant, base));
        }
        if (!base.acts().isEmpty()) {
            statements.add(insertActs(in, tenant, base.acts()));
        }
        if (!base.erased().isEmpty()) {
            statements.add(insertErased(in, tenant, base.erased()));
        }
        return statements;
    }

    private static ChainLink head(Link link) {
        return new ChainLink(new ChainId(link.chainId()), link.position(), Hash.ZERO, Hash.ZERO, Hash.ZERO, link.chainHash());
    }

    private static Uni<RowSet<Row>> insertLinks(Statements in, TenantId tenant, LedgerBase base) {
        List<Link> links = base.links();
        return in.execute("""
                INSERT INTO {home}.dropped_links (tenant_id, chain_id, chain_position, chain_hash, dropped_to)
                SELECT $1, chain_id, chain_position, chain_hash, $2
                FROM UNNEST ($3::text[], $4::bigint[], $5::bytea[]) AS link (chain_id, chain_position, chain_hash)
                """ + NEWER, Tuple.tuple().addValue(tenant.value()).addValue(base.sequence())
                .addValue(links.stream().map(Link::chainId).toArray(String[]::new))
                .addValue(links.stream().map(Link::position).toArray(Long[]::new))
                .addValue(links.stream().map(link -> StoreColumns.bytes(link.chainHash())).toArray(Buffer[]::new)));
    }

    private static Uni<RowSet<Row>> insertActs(Statements in, TenantId tenant, List<Act> acts) {
        List<LedgerAct> said = acts.stream().map(act -> ActCodec.read(act.statement())).toList();
        return in.execute("""
                INSERT INTO {home}.ledger_acts
                    (tenant_id, ledger_sequence, act, subject, done_at, done_by, reason, case_id, statement)
                SELECT $1, ledger_sequence, act, subject, done_at, done_by, reason, case_id, statement
                FROM UNNEST ($2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $6::text[], $7::text[], $8::text[], $9::text[])
                    AS line (ledger_sequence, act, subject, done_at, done_by, reason, case_id, statement)
                ON CONFLICT DO NOTHING
                """, Tuple.tuple()
                .addValue(tenant.value())
                .addValue(acts.stream().map(Act::sequence).toArray(Long[]::new))
                .addValue(said.stream().map(ActCodec::kind).toArray(String[]::new))
                .addValue(said.stream().map(ActIndexStore::subject).toArray(String[]::new))
                .addValue(acts.stream().map(act -> act.at().atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new))
                .addValue(said.stream().map(act -> act.why().by()).toArray(String[]::new))
                .addValue(said.stream().map(act -> act.why().reason()).toArray(String[]::new))
                .addValue(said.stream().map(act -> act.why().caseId()).toArray(String[]::new))
                .addValue(acts.stream().map(Act::statement).toArray(String[]::new)));
    }

    private static Uni<RowSet<Row>> insertErased(Statements in, TenantId tenant, List<Erased> erased) {
        return in.execute("""
                INSERT INTO {home}.erased_receipts
                    (tenant_id, receipt_id, ledger_sequence, received_at, chain_id, chain_position, chain_hash, tombstone_sequence)
                SELECT $1, receipt_id, ledger_sequence, received_at, chain_id, chain_position, chain_hash, tombstone_sequence
                FROM UNNEST ($2::text[], $3::bigint[], $4::timestamptz[], $5::text[], $6::bigint[], $7::bytea[], $8::bigint[])
                    AS line (receipt_id, ledger_sequence, received_at, chain_id, chain_position, chain_hash, tombstone_sequence)
                ON CONFLICT DO NOTHING
                """, Tuple.tuple()
                .addValue(tenant.value())
                .addValue(erased.stream().map(one -> one.receiptId().value()).toArray(String[]::new))
                .addValue(erased.stream().map(Erased::sequence).toArray(Long[]::new))
                .addValue(erased.stream().map(one -> one.receivedAt().atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new))
                .addValue(erased.stream().map(one -> one.link().chainId()).toArray(String[]::new))
                .addValue(erased.stream().map(one -> one.link().position()).toArray(Long[]::new))
                .addValue(erased.stream().map(one -> StoreColumns.bytes(one.link().chainHash())).toArray(Buffer[]::new))
                .addValue(erased.stream().map(Erased::tombstone).toArray(Long[]::new)));
    }
}
