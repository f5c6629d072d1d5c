package io.zeroui.tenant.evidence.index;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.tenancy.Tenancy;
import io.zeroui.tenant.evidence.chain.ChainLink;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** The reading side of the index. */
@ApplicationScoped
public class EvidenceStore {

    /** A receipt's name. */
    public record Key(TenantId tenant, ReceiptId id) {
    }

    /**
     * Fingerprint of the whole index.
     *
     * @param rows number of rows
     * @param digest SHA-256 over the tenants' digests in the order of their ids, each SHA-256 over the SHA-256 of every
     *            row in the order of receipt ids, acts and words first; hex
     */
    public record Digest(long rows, String digest) {
    }

    /**
     * How far the index is.
     *
     * @param rows receipts in all ledgers
     * @param tenants ledgers
     * @param flagged receipts whose claim of policies cannot be right
     */
    public record Totals(long rows, long tenants, long flagged) {
    }

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Duration DIGEST_TIMEOUT = Duration.ofMinutes(5);

    /** Classes of SQLSTATE that speak of the server's state: connection, resources, shutdown. */
    private static final Set<String> UNAVAILABLE_STATES = Set.of("08", "53", "55", "57", "58");

    private final Tenancy tenancy;

    EvidenceStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** The hashes of those receipts that the index has; {@link Hash#ZERO} for those that are erased. */
    public Uni<Map<Key, Hash>> findHashes(Collection<Key> keys) {
        if (keys.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        Map<TenantId, List<String>> ids = keys.stream()
                .collect(groupingBy(Key::tenant, mapping(key -> key.id().value(), toList())));
        return Uni.join().all(ids.entrySet().stream().map(of -> findHashes(of.getKey(), of.getValue())).toList())
                .andFailFast()
                .map(found -> {
                    Map<Key, Hash> hashes = new HashMap<>();
                    found.forEach(hashes::putAll);
                    return hashes;
                })
                .ifNoItem().after(TIMEOUT).fail();
    }

    private Uni<Map<Key, Hash>> findHashes(TenantId tenant, List<String> ids) {
        return tenancy.readInTenant(tenant, in -> in.execute("""
                SELECT receipt_id, hash
                FROM {home}.receipts_index
                WHERE tenant_id = $1 AND receipt_id = ANY ($2)
                UNION ALL
                SELECT receipt_id, decode(repeat('00', 32), 'hex')
                FROM {home}.erased_receipts
                WHERE tenant_id = $1 AND receipt_id = ANY ($2)
                """, Tuple.of(tenant.value(), ids.toArray(String[]::new))))
                .map(rows -> {
                    Map<Key, Hash> hashes = new HashMap<>();
                    rows.forEach(row -> hashes.put(new Key(tenant, ReceiptId.of(row.getString("receipt_id"))),
                            StoreColumns.hash(row, "hash")));
                    return hashes;
                });
    }

    /** At most two receipts of that id, in any tenant: whoever asks without naming a tenant may see which one is meant. */
    public Uni<List<IndexedReceipt>> listById(ReceiptId id) {
        return answer(TIMEOUT, tenancy.readInEveryHome("whoever asks by the id alone does not know the tenant",
                in -> in.execute("SELECT " + StoreColumns.ALL + """
                        FROM {home}.receipts_index
                        WHERE receipt_id = $1
                        LIMIT 2
                        """, Tuple.of(id.value())).map(EvidenceStore::receipts))
                .map(found -> found.stream().flatMap(List::stream).limit(2).toList()));
    }

    /** The tenant's receipt of that id, in a list of one or none. */
    public Uni<List<IndexedReceipt>> listById(TenantId tenant, ReceiptId id) {
        return list(tenancy.readInTenant(tenant, in -> in.execute("SELECT " + StoreColumns.ALL + """
                FROM {home}.receipts_index
                WHERE tenant_id = $1 AND receipt_id = $2
                """, Tuple.of(tenant.value(), id.value()))));
    }

    /** Those of these receipts that the tenant's ledger has. */
    public Uni<List<IndexedReceipt>> listByIds(TenantId tenant, Collection<ReceiptId> ids) {
        return list(tenancy.readInTenant(tenant, in -> in.execute("SELECT " + StoreColumns.ALL + """
                FROM {home}.receipts_index
                WHERE tenant_id = $1 AND receipt_id = ANY ($2)
                ORDER BY ledger_sequence
                """, Tuple.of(tenant.value(), ids.stream().map(ReceiptId::value).toArray(String[]::new)))));
    }

    /** The link before this one in its chain; of an erased or dropped one only position and chain hash are left. */
    public Uni<Optional<ChainLink>> findPredecessor(TenantId tenant, ChainLink link) {
        return answer(TIMEOUT, tenancy.readInTenant(tenant, in -> in.execute("""
                SELECT chain_id, chain_position, hash, commitment, prev_hash, chain_hash
                FROM {home}.receipts_index
                WHERE tenant_id = $1 AND chain_id = $2 AND chain_position = $3
                UNION ALL
                SELECT chain_id, chain_position, zero.hash, zero.hash, zero.hash, chain_hash
                FROM {home}.erased_receipts, (SELECT decode(repeat('00', 32), 'hex') AS hash) AS zero
                WHERE tenant_id = $1 AND chain_id = $2 AND chain_position = $3
                UNION ALL
                SELECT chain_id, chain_position, zero.hash, zero.hash, zero.hash, chain_hash
                FROM {home}.dropped_links, (SELECT decode(repeat('00', 32), 'hex') AS hash) AS zero
                WHERE tenant_id = $1 AND chain_id = $2 AND chain_position = $3
                """, Tuple.of(tenant.value(), link.chain().value(), link.position() - 1)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(StoreColumns::link).findFirst()));
    }

    /** How much there is, over all tenants. */
    public Uni<Totals> totals() {
        return tenancy.readInEveryHome("the plane's status counts all ledgers", in -> in.execute("""
                SELECT count(*) AS tenants, COALESCE(sum(ledger_sequence), 0)::bigint AS rows,
                       (SELECT count(*) FROM {home}.receipts_index
                         WHERE policy_standing <> 'none' AND policy_standing <> 'consistent' AND policy_standing <> 'unjudged') AS flagged
                FROM {home}.ledger_watermarks
                """).map(rows -> rows.iterator().next()))
                .map(homes -> new Totals(homes.stream().mapToLong(row -> row.getLong("rows")).sum(),
                        homes.stream().mapToLong(row -> row.getLong("tenants")).sum(),
                        homes.stream().mapToLong(row -> row.getLong("flagged")).sum()))
                .ifNoItem().after(TIMEOUT).fail();
    }

    /**
     * Fingerprint over all tenants' rows, their words, erased ones, dropped links and acts, without {@code created_at} and {@code signature_checked_at}:
     * the same after a rebuild, and wherever tenants live. Reads the whole tables.
     */
    public Uni<Digest> digest() {
        return answer(DIGEST_TIMEOUT, tenancy.readInEveryHome("a rebuild is compared whole", in -> in.execute("""
                SELECT tenant_id, count(*) FILTER (WHERE is_receipt) AS rows,
                       sha256(string_agg(hash, ''::bytea ORDER BY key COLLATE "C")) AS digest
                FROM (
                    SELECT tenant_id, receipt_id AS key, true AS is_receipt, sha256(convert_to(jsonb_build_array(
                        tenant_id, receipt_id, ledger_sequence, kind, repo_id, gate_id, status, evaluation_point,
                        severity, plane, environment, emitter_service, degraded, extract(epoch FROM timestamp_utc),
                        extract(epoch FROM received_at), kid, encode(hash, 'hex'), chain_id, chain_position,
                        encode(prev_hash, 'hex'), encode(chain_hash, 'hex'), file, file_offset, line_length,
                        signature_status, edge_id, module_id, actor_type, parent_receipt_id,
                        policy_version_ids, signature_reason, encode(commitment, 'hex'), encode(snapshot_hash, 'hex'), policy_standing)::text, 'UTF8')) AS hash
                    FROM {home}.receipts_index
                    UNION ALL
                    SELECT tenant_id, receipt_id || ' erased', false, sha256(convert_to(jsonb_build_array(
                        tenant_id, receipt_id, ledger_sequence, extract(epoch FROM received_at), chain_id, chain_position,
                        encode(chain_hash, 'hex'), tombstone_sequence)::text, 'UTF8'))
                    FROM {home}.erased_receipts
                    UNION ALL
                    SELECT tenant_id, ' link ' || chain_id, false, sha256(convert_to(jsonb_build_array(
                        tenant_id, chain_id, chain_position, encode(chain_hash, 'hex'), dropped_to)::text, 'UTF8'))
                    FROM {home}.dropped_links
                    UNION ALL
                    SELECT tenant_id, ' act ' || ledger_sequence, false, sha256(convert_to(jsonb_build_array(
                        tenant_id, ledger_sequence, extract(epoch FROM done_at), statement)::text, 'UTF8'))
                    FROM {home}.ledger_acts
                    UNION ALL
                    SELECT tenant_id, ' words ' || ledger_sequence, false, sha256(convert_to(jsonb_build_array(
                        tenant_id, ledger_sequence, extract(epoch FROM timestamp_utc), array_agg(word ORDER BY word))::text, 'UTF8'))
                    FROM {home}.receipt_words
                    GROUP BY tenant_id, ledger_sequence, timestamp_utc
                ) AS fingerprints
                GROUP BY tenant_id
                """).map(rows -> StreamSupport.stream(rows.spliterator(), false).toList()))
                .map(homes -> digest(homes.stream().flatMap(List::stream)
                        .sorted(Comparator.comparing(row -> row.getString("tenant_id"))).toList())));
    }

    private static Digest digest(List<Row> tenants) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        tenants.forEach(row -> all.writeBytes(row.getBuffer("digest").getBytes()));
        return new Digest(tenants.stream().mapToLong(row -> row.getLong("rows")).sum(),
                Hash.of(all.toByteArray()).hex());
    }

    private static Uni<List<IndexedReceipt>> list(Uni<RowSet<Row>> rows) {
        return answer(TIMEOUT, rows.map(EvidenceStore::receipts));
    }

    private static List<IndexedReceipt> receipts(RowSet<Row> found) {
        return StreamSupport.stream(found.spliterator(), false).map(StoreColumns::receipt).toList();
    }

    /**
     * What a client waits for; fails with 503 when the database does not answer in time or at all, which is not an error of
     * ours.
     */
    public static <T> Uni<T> answer(Duration timeout, Uni<T> result) {
        return result.ifNoItem().after(timeout).fail()
                .onFailure(EvidenceStore::isUnavailable)
                .transform(failure -> new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE,
                        "the ledger's index does not answer now; try again"));
    }

    private static boolean isUnavailable(Throwable failure) {
        if (failure instanceof PgException pg) {
            String state = pg.getSqlState();
            return state == null || UNAVAILABLE_STATES.contains(state.substring(0, 2));
        }
        return !(failure instanceof ProblemException);
    }
}
