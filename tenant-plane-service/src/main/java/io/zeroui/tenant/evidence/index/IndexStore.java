package io.zeroui.tenant.evidence.index;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.bases.LedgerBase;
import io.zeroui.contracts.policy.claims.PolicyHistory;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.runtime.tenancy.Tenancy;
import io.zeroui.tenant.evidence.chain.ChainId;
import io.zeroui.tenant.evidence.chain.ChainLink;
import io.zeroui.tenant.evidence.journal.JournalPosition;
import io.zeroui.tenant.evidence.journal.LedgerFolders;
import io.zeroui.tenant.policy.history.PolicyHistories;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The writing side of the index: rows, chain heads, outbox and watermark change together or not at all. */
@ApplicationScoped
class IndexStore {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final String UNIQUE_VIOLATION = "23505";

    /** More lines than any history has: what was judged by none that was read is judged again by the first one that can be. */
    private static final long NO_HISTORY = Long.MAX_VALUE;

    private final Tenancy tenancy;
    private final LedgerFolders folders;
    private final PolicyHistories histories;
    private final ClaimCounters counters;

    IndexStore(Tenancy tenancy, LedgerFolders folders, PolicyHistories histories, ClaimCounters counters) {
        this.histories = histories;
        this.counters = counters;
        this.tenancy = tenancy;
        this.folders = folders;
    }

    /** How far the tenant's journal is indexed. */
    Uni<Watermark> watermark(TenantId tenant) {
        return tenancy.readInTenant(tenant, in -> in.execute("""
                SELECT journal_file, journal_offset, ledger_sequence
                FROM {home}.ledger_watermarks
                WHERE tenant_id = $1
                """, Tuple.of(tenant.value())))
                .map(this::watermark)
                .ifNoItem().after(TIMEOUT).fail();
    }

    /**
     * Indexes the lines that follow {@code after} in the journal, all of them or none. A receipt id that the tenant's
     * index already has is passed over: the first one counts.
     *
     * @param lines not empty
     * @param base what the ledger goes on from; null where no days are dropped
     * @param present the lines as they are judged by the keys of now, asked for when nobody else can write to the index: who
     *            judges rows anew after a change of keys misses none
     * @return the watermark afterwards; when it was not at {@code after}, nothing was done and it is where it was
     */
    Uni<Watermark> index(TenantId tenant, long after, List<LedgerLine> lines, @Nullable LedgerBase base,
            Function<List<LedgerLine>, Uni<List<LedgerLine>>> present) {
        return index(tenant, after, lines, base, present, false)
                .onFailure(IndexStore::isUniqueViolation)
                .recoverWithUni(() -> index(tenant, after, lines, base, present, true))
                .ifNoItem().after(TIMEOUT).fail()
                .invoke(written -> counters.count(written.rows()))
                .map(Written::mark);
    }

    /** The watermark with the rows that were written with it. */
    private record Written(Watermark mark, List<IndexedReceipt> rows) {
    }

    private Uni<Written> index(TenantId tenant, long after, List<LedgerLine> lines, @Nullable LedgerBase base,
            Function<List<LedgerLine>, Uni<List<LedgerLine>>> present, boolean skipKnown) {
        return tenancy.inTenant(tenant, in -> lock(in, tenant).chain(mark -> {
            if (mark.sequence() != after) {
                return Uni.createFrom().item(new Written(mark, List.of()));
            }
            return (skipKnown ? unknown(in, tenant, lines) : Uni.createFrom().item(lines))
                    .chain(some -> present.apply(some))
                    .chain(fresh -> write(in, tenant, fresh, lines.get(lines.size() - 1), base));
        }));
    }

    /**
     * Brings an index that is behind the base of its ledger to it: the lines up to there are not in the files any more.
     *
     * @return the watermark afterwards
     */
    Uni<Watermark> goOnFrom(TenantId tenant, LedgerBase base) {
        JournalPosition position = new JournalPosition(base.firstDay(), 0);
        Watermark mark = new Watermark(base.sequence(), position);
        return tenancy.inTenant(tenant, in -> lock(in, tenant).chain(now -> {
            if (now.sequence() >= base.sequence()) {
                return Uni.createFrom().item(now);
            }
            List<Uni<RowSet<Row>>> statements = new ArrayList<>(BaseIndexStore.insert(in, tenant, base));
            statements.add(moveWatermark(in, tenant, mark, position, histories.of(tenant).present().lines()));
            return Uni.join().all(statements).andFailFast().replaceWith(mark);
        })).ifNoItem().after(TIMEOUT).fail();
    }

    private Uni<Watermark> lock(Statements in, TenantId tenant) {
        return in.execute("""
                SELECT journal_file, journal_offset, ledger_sequence
                FROM {home}.ledger_watermarks
                WHERE tenant_id = $1
                FOR UPDATE
                """, Tuple.of(tenant.value()))
                .map(this::watermark);
    }

    private Uni<List<LedgerLine>> unknown(Statements in, TenantId tenant, List<LedgerLine> lines) {
        String[] ids = lines.stream().flatMap(line -> receiptId(line).stream()).toArray(String[]::new);
        return in.execute("""
                SELECT receipt_id
                FROM {home}.receipts_index
                WHERE tenant_id = $1 AND receipt_id = ANY ($2)
                """, Tuple.of(tenant.value(), ids))
                .map(rows -> {
                    Set<String> known = new HashSet<>();
                    rows.forEach(row -> known.add(row.getString(0)));
                    return lines.stream().filter(line -> receiptId(line).map(known::add).orElse(true)).toList();
                });
    }

    private static Optional<String> receiptId(LedgerLine line) {
        return line instanceof LedgerLine.Receipt receipt ? Optional.of(receipt.header().id().value()) : Optional.empty();
    }

    private Uni<Written> write(Statements in, TenantId tenant, List<LedgerLine> lines, LedgerLine last,
            @Nullable LedgerBase base) {
        String[] chains = lines.stream().map(line -> IndexBatch.chain(tenant, line)).filter(Objects::nonNull)
                .map(ChainId::value).distinct().toArray(String[]::new);
        Watermark mark = new Watermark(last.sequence(), last.journal().after());
        boolean isOpened = histories.of(tenant).isOpened();
        PolicyHistory history = histories.of(tenant).present();
        long judgedBy = isOpened ? history.lines() : NO_HISTORY;
        return heads(in, tenant, chains)
                .map(heads -> IndexBatch.of(tenant, folders.region(), folders.root(), lines, heads, history))
                .chain(batch -> Uni.join().all(statements(in, tenant, batch, base, mark, last.journal().after(), judgedBy)).andFailFast()
                        .replaceWith(new Written(mark, batch.rows())));
    }

    /** In this order: an act is about rows that may be of the same batch. */
    private List<Uni<RowSet<Row>>> statements(Statements in, TenantId tenant, IndexBatch batch, @Nullable LedgerBase base,
            Watermark mark, JournalPosition after, long judgedBy) {
        List<Uni<RowSet<Row>>> statements = new ArrayList<>();
        if (!batch.rows().isEmpty()) {
            statements.add(insertRows(in, batch.rows()));
            statements.add(WordStore.insert(in, tenant, batch.receipts()));
            statements.add(insertEvents(in, tenant, batch.events()));
        }
        if (!batch.heads().isEmpty()) {
            statements.add(upsertHeads(in, tenant, batch.heads()));
        }
        if (!batch.erased().isEmpty()) {
            statements.add(ActIndexStore.insertErased(in, tenant, batch.erased()));
        }
        batch.acts().forEach(act -> statements.addAll(ActIndexStore.apply(in, tenant, act, base)));
        statements.add(moveWatermark(in, tenant, mark, after, judgedBy));
        return statements;
    }

    private static Uni<Map<ChainId, ChainLink>> heads(Statements in, TenantId tenant, String[] chains) {
        return in.execute("""
                SELECT chain_id, position, hash, chain_hash
                FROM {home}.chain_heads
                WHERE tenant_id = $1 AND chain_id = ANY ($2)
                """, Tuple.of(tenant.value(), chains))
                .map(rows -> {
                    Map<ChainId, ChainLink> heads = new HashMap<>();
                    rows.forEach(row -> heads.put(new ChainId(row.getString("chain_id")), head(row)));
                    return heads;
                });
    }

    /** A head as a link that only serves to make the next one: its own {@code prevHash} and commitment are not kept. */
    private static ChainLink head(Row row) {
        return new ChainLink(new ChainId(row.getString("chain_id")), row.getLong("position"),
                StoreColumns.hash(row, "hash"), Hash.ZERO, Hash.ZERO, StoreColumns.hash(row, "chain_hash"));
    }

    private static Uni<RowSet<Row>> insertRows(Statements in, List<IndexedReceipt> rows) {
        return in.execute("INSERT INTO {home}.receipts_index (" + StoreColumns.ALL + """
                )
                SELECT\s""" + StoreColumns.WRITTEN + """
                FROM UNNEST (
                    $1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                    $9::text[], $10::text[], $11::text[], $12::text[], $13::boolean[], $14::timestamptz[],
                    $15::timestamptz[], $16::text[], $17::bytea[], $18::text[], $19::bigint[], $20::bytea[],
                    $21::bytea[], $22::text[], $23::bigint[], $24::integer[], $25::text[], $26::text[], $27::text[],
                    $28::text[], $29::text[], $30::text[], $31::text[], $32::timestamptz[],
                    $33::bytea[], $34::text[], $35::text[]) AS line (""" + StoreColumns.ALL + ")", StoreColumns.of(rows));
    }

    static Uni<RowSet<Row>> upsertHeads(Statements in, TenantId tenant, List<ChainLink> heads) {
        return in.execute("""
                INSERT INTO {home}.chain_heads (tenant_id, chain_id, position, hash, chain_hash)
                SELECT $1, chain_id, position, hash, chain_hash
                FROM UNNEST ($2::text[], $3::bigint[], $4::bytea[], $5::bytea[])
                    AS head (chain_id, position, hash, chain_hash)
                ON CONFLICT (tenant_id, chain_id) DO UPDATE
                SET position = excluded.position, hash = excluded.hash, chain_hash = excluded.chain_hash,
                    updated_at = now()
                """, Tuple.tuple()
                .addValue(tenant.value())
                .addValue(heads.stream().map(link -> link.chain().value()).toArray(String[]::new))
                .addValue(heads.stream().map(ChainLink::position).toArray(Long[]::new))
                .addValue(heads.stream().map(link -> StoreColumns.bytes(link.hash())).toArray(Buffer[]::new))
                .addValue(heads.stream().map(link -> StoreColumns.bytes(link.chainHash())).toArray(Buffer[]::new)));
    }

    private static Uni<RowSet<Row>> insertEvents(Statements in, TenantId tenant, List<String> events) {
        return in.execute("""
                INSERT INTO {home}.outbox (channel, tenant_id, payload)
                SELECT $1, $2, payload::jsonb
                FROM UNNEST ($3::text[]) WITH ORDINALITY AS event (payload, place)
                ORDER BY place
                """, Tuple.of(ChannelCatalogue.TENANT_EVIDENCE.name(), tenant.value(),
                events.toArray(String[]::new)));
    }

    /**
     * By how many lines of the history the first rows of a tenant were judged is known here, and that rows were judged by none; who judges
     * rows again moves it on.
     */
    private Uni<RowSet<Row>> moveWatermark(Statements in, TenantId tenant, Watermark mark,
            JournalPosition position, long judgedBy) {
        return in.execute("""
                INSERT INTO {home}.ledger_watermarks AS mark (tenant_id, journal_file, journal_offset, ledger_sequence, policy_lines)
                VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (tenant_id) DO UPDATE
                SET journal_file = excluded.journal_file, journal_offset = excluded.journal_offset,
                    ledger_sequence = excluded.ledger_sequence, updated_at = now(),
                    policy_lines = CASE WHEN excluded.policy_lines = $6 THEN excluded.policy_lines ELSE mark.policy_lines END
                """, Tuple.of(tenant.value(),
                folders.root().relative(folders.journal(tenant, position.day())), position.offset(),
                mark.sequence(), judgedBy, NO_HISTORY));
    }

    private Watermark watermark(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).findFirst()
                .map(row -> new Watermark(row.getLong("ledger_sequence"),
                        new JournalPosition(dayOf(row.getString("journal_file")), row.getLong("journal_offset"))))
                .orElse(Watermark.NOTHING);
    }

    /** The day in {@code …/dt=YYYY-MM-DD/journal.jsonl}. */
    private static LocalDate dayOf(String journalFile) {
        int partition = journalFile.lastIndexOf("dt=") + "dt=".length();
        return LocalDate.parse(journalFile.substring(partition, partition + "YYYY-MM-DD".length()));
    }

    private static boolean isUniqueViolation(Throwable failure) {
        return failure instanceof PgException pg && UNIQUE_VIOLATION.equals(pg.getSqlState());
    }
}
