package io.zeroui.product.policy.index;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.lifecycle.PolicyAct;
import io.zeroui.contracts.policy.lifecycle.PolicyActCodec;
import io.zeroui.product.policy.registry.PolicyConfig;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The tables {@code app.policy_versions}, {@code app.policy_history}, {@code app.policy_bundles} and {@code app.policy_watermarks}. */
@ApplicationScoped
class PolicyIndexStore {

    private static final String INSERT_ACTS = """
            INSERT INTO app.policy_history (tenant_id, number, policy_id, version, act, done_by, done_at, reason, statement)
            SELECT $1::text, a.* FROM UNNEST ($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::text[], $9::text[]) AS a
            ON CONFLICT (tenant_id, number) DO NOTHING
            """;

    private static final String UPSERT_VERSIONS = """
            INSERT INTO app.policy_versions (tenant_id, policy_id, version, state, type, scope, enforcement, snapshot_hash, snapshot_path,
                                             author, approver, drafted_at, terms, last_act)
            SELECT $1::text, v.policy_id, v.version, v.state, v.type, v.scope, v.enforcement, v.snapshot_hash, v.snapshot_path, v.author, v.approver,
                   v.drafted_at, v.terms::jsonb, v.last_act
            FROM UNNEST ($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
                         $12::timestamptz[], $13::text[], $14::bigint[])
                 AS v (policy_id, version, state, type, scope, enforcement, snapshot_hash, snapshot_path, author, approver, drafted_at, terms, last_act)
            ON CONFLICT (tenant_id, policy_id, version) DO UPDATE
            SET state = excluded.state, approver = excluded.approver, terms = excluded.terms, last_act = excluded.last_act, updated_at = now()
            """;

    private static final String UPSERT_BUNDLES = """
            INSERT INTO app.policy_bundles (bundle_id, version, snapshot_hash, snapshot_path, status, metadata)
            SELECT $1::text || '/' || b.policy_id, b.version, b.snapshot_hash, b.snapshot_path, b.state,
                   jsonb_build_object('tenant_id', $1::text, 'type', b.type, 'scope', b.scope, 'enforcement', b.enforcement, 'terms', b.terms::jsonb)
            FROM UNNEST ($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])
                 AS b (policy_id, version, state, type, scope, enforcement, snapshot_hash, snapshot_path, terms)
            ON CONFLICT (bundle_id, version) DO UPDATE
            SET status = excluded.status, metadata = excluded.metadata, updated_at = now()
            """;

    private static final String MOVE = """
            INSERT INTO app.policy_watermarks AS w (tenant_id, number)
            SELECT $1::text, $3::bigint WHERE $2::bigint = 0 OR EXISTS (SELECT FROM app.policy_watermarks WHERE tenant_id = $1::text)
            ON CONFLICT (tenant_id) DO UPDATE SET number = excluded.number, updated_at = now() WHERE w.number = $2::bigint
            RETURNING number
            """;

    private static final String DIGEST = """
            SELECT count(*) AS rows, encode(sha256(coalesce(string_agg(hash, ''::bytea ORDER BY key COLLATE "C"), ''::bytea)), 'hex') AS digest
            FROM (
                SELECT 'act ' || tenant_id || ' ' || number AS key, sha256(convert_to(jsonb_build_array(tenant_id, number, policy_id, version,
                    act, done_by, extract(epoch FROM done_at), reason, statement)::text, 'UTF8')) AS hash
                FROM app.policy_history
                UNION ALL
                SELECT 'version ' || tenant_id || ' ' || policy_id || ' ' || version, sha256(convert_to(jsonb_build_array(tenant_id, policy_id,
                    version, state, type, scope, enforcement, snapshot_hash, snapshot_path, author, approver, extract(epoch FROM drafted_at),
                    terms, last_act)::text, 'UTF8'))
                FROM app.policy_versions
                UNION ALL
                SELECT 'bundle ' || bundle_id || ' ' || version, sha256(convert_to(jsonb_build_array(bundle_id, version, snapshot_hash,
                    snapshot_path, status, metadata)::text, 'UTF8'))
                FROM app.policy_bundles
            ) AS fingerprints
            """;

    private static final String KNOWN = """
            SELECT n.name FROM unnest($2::text[]) AS n (name)
            WHERE EXISTS (SELECT FROM app.policy_versions v WHERE v.tenant_id = $1 AND v.policy_id || '-' || v.version = n.name)
            """;

    private final Tenancy tenancy;
    private final PolicyConfig config;

    PolicyIndexStore(Tenancy tenancy, PolicyConfig config) {
        this.tenancy = tenancy;
        this.config = config;
    }

    /** Numbers of the last acts that are indexed, of the tenants of which there are any. */
    Uni<Map<TenantId, Long>> watermarks() {
        return tenancy.readInPlane("one question instead of one for each tenant",
                in -> in.execute("SELECT tenant_id, number FROM app.policy_watermarks"))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).collect(
                        Collectors.toMap(row -> TenantId.of(row.getString("tenant_id")), row -> row.getLong("number"))))
                .ifNoItem().after(config.indexTimeout()).fail();
    }

    /**
     * Writes the rows of some acts and moves the watermark, in one transaction; fails with nothing written where the watermark is not
     * where it was.
     *
     * @param from the watermark before
     */
    Uni<Void> write(TenantId tenant, long from, List<PolicyAct> acts, List<IndexedVersion> versions) {
        List<IndexedVersion> bundles = versions.stream().filter(IndexedVersion::wasReleased).toList();
        return tenancy.inTenant(tenant, in -> moved(in, tenant, from, acts.get(acts.size() - 1).number())
                .chain(() -> in.execute(INSERT_ACTS, acts(tenant, acts)))
                .chain(() -> in.execute(UPSERT_VERSIONS, versions(tenant, versions)))
                .chain(() -> bundles.isEmpty() ? Uni.createFrom().voidItem()
                        : in.execute(UPSERT_BUNDLES, bundles(tenant, bundles)).replaceWithVoid()))
                .ifNoItem().after(config.indexTimeout()).fail();
    }

    /** Of some names those that indexed versions of a tenant have in receipts. */
    Uni<Set<String>> known(TenantId tenant, Set<String> named) {
        Tuple parameters = Tuple.tuple().addString(tenant.value()).addArrayOfString(named.toArray(String[]::new));
        return tenancy.readInTenant(tenant, in -> in.execute(KNOWN, parameters))
                .map(PolicyIndexStore::names)
                .ifNoItem().after(config.indexTimeout()).fail();
    }

    private static Set<String> names(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(row -> row.getString("name")).collect(Collectors.toUnmodifiableSet());
    }

    /** Fingerprint of all rows: the same after they were written anew from the files. */
    Uni<IndexDigest> digest() {
        return tenancy.readInPlane("a rebuild is compared whole", in -> in.execute(DIGEST))
                .map(rows -> rows.iterator().next())
                .map(row -> new IndexDigest(row.getLong("rows"), row.getString("digest")))
                .ifNoItem().after(config.indexTimeout()).fail();
    }

    private static Uni<Void> moved(Statements in, TenantId tenant, long from, long to) {
        return in.execute(MOVE, Tuple.of(tenant.value(), from, to)).invoke(rows -> {
            if (rows.size() == 0) {
                throw new IllegalStateException("somebody else moved the watermark of " + tenant);
            }
        }).replaceWithVoid();
    }

    private static Tuple acts(TenantId tenant, List<PolicyAct> acts) {
        return Tuple.tuple().addValue(tenant.value())
                .addValue(acts.stream().map(PolicyAct::number).toArray(Long[]::new))
                .addValue(texts(acts, act -> act.policy().policyId()))
                .addValue(texts(acts, act -> act.policy().version()))
                .addValue(texts(acts, act -> act.deed().kind()))
                .addValue(texts(acts, PolicyAct::by))
                .addValue(acts.stream().map(act -> act.at().atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new))
                .addValue(texts(acts, PolicyAct::reason))
                .addValue(texts(acts, act -> new String(PolicyActCodec.write(act), StandardCharsets.UTF_8)));
    }

    private static Tuple versions(TenantId tenant, List<IndexedVersion> versions) {
        return labelled(tenant, versions)
                .addValue(texts(versions, version -> version.entry().author()))
                .addValue(versions.stream().map(version -> version.entry().approver()).toArray(String[]::new))
                .addValue(versions.stream().map(version -> version.entry().draftedAt().atOffset(ZoneOffset.UTC)).toArray(OffsetDateTime[]::new))
                .addValue(terms(versions))
                .addValue(versions.stream().map(version -> version.entry().lastAct()).toArray(Long[]::new));
    }

    private static Tuple bundles(TenantId tenant, List<IndexedVersion> versions) {
        return labelled(tenant, versions).addValue(terms(versions));
    }

    private static Tuple labelled(TenantId tenant, List<IndexedVersion> versions) {
        return Tuple.tuple().addValue(tenant.value())
                .addValue(texts(versions, version -> version.entry().id().policyId()))
                .addValue(texts(versions, version -> version.entry().id().version()))
                .addValue(texts(versions, version -> version.entry().state().key()))
                .addValue(texts(versions, version -> version.entry().labels().type()))
                .addValue(texts(versions, version -> version.entry().labels().scope()))
                .addValue(texts(versions, version -> version.entry().labels().enforcement().key()))
                .addValue(texts(versions, version -> version.entry().content().prefixed()))
                .addValue(texts(versions, IndexedVersion::snapshotPath));
    }

    private static String[] terms(List<IndexedVersion> versions) {
        return versions.stream().map(version -> version.entry().terms()).map(terms -> terms == null ? null : terms.write().toString())
                .toArray(String[]::new);
    }

    private static <T> String[] texts(List<T> all, Function<T, String> text) {
        return all.stream().map(text).toArray(String[]::new);
    }
}
