package io.zeroui.product.vectors.text.reembedding;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.vectors.model.PointId;
import io.zeroui.product.vectors.placement.TenantRows;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table {@code app.vector_reembeddings}. */
@ApplicationScoped
class ReembeddingStore implements TenantRows {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String COLUMNS = "job_id, alias, source, target, provider, state, pass, pass_began, next_point, seen, changed, embedded, skipped, "
            + "points, failures, failure, created_at, updated_at";

    private static final String INSERT = """
            INSERT INTO app.vector_reembeddings (tenant_id, job_id, alias, source, target, provider, state, points)
            VALUES ($1, $2, $3, $4, $5, $6, 'running', $7)
            ON CONFLICT DO NOTHING
            RETURNING\s""" + COLUMNS;

    private static final String LIST = "SELECT " + COLUMNS + """
             FROM app.vector_reembeddings
             WHERE tenant_id = $1 AND ($2::uuid IS NULL OR job_id = $2)
             ORDER BY created_at DESC, job_id
             LIMIT $3
            """;

    private static final String DUE = """
            SELECT tenant_id, job_id
            FROM app.vector_reembeddings
            WHERE state = 'running' AND leased_to <= now()
            ORDER BY leased_to
            LIMIT $1
            """;

    private static final String LEASE = """
            UPDATE app.vector_reembeddings
            SET leased_to = now() + make_interval(secs => $3)
            WHERE tenant_id = $1 AND job_id = $2 AND state = 'running' AND leased_to <= now()
            RETURNING\s""" + COLUMNS;

    private static final String SAVE = """
            UPDATE app.vector_reembeddings
            SET state = $3, pass_began = CASE WHEN pass < $4 THEN now() ELSE pass_began END, pass = $4, next_point = $5, seen = $6, changed = $7, embedded = $8, skipped = $9, failures = $10,
                failure = $11, leased_to = now() + make_interval(secs => $12), updated_at = now()
            WHERE tenant_id = $1 AND job_id = $2 AND state = 'running'
            """;

    private final Tenancy tenancy;

    ReembeddingStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** Which job of whom. */
    record Due(TenantId tenant, UUID jobId) {
    }

    /** A new job; empty where one runs for that alias. */
    Uni<Optional<Reembedding>> insert(TenantId tenant, String alias, String source, String target, String provider, long points) {
        return tenancy.inTenant(tenant, in -> in.execute(INSERT,
                Tuple.tuple(List.of(tenant.value(), UUID.randomUUID(), alias, source, target, provider, points))))
                .map(ReembeddingStore::jobs).map(jobs -> jobs.stream().findFirst())
                .ifNoItem().after(TIMEOUT).fail();
    }

    /** A tenant's jobs, the newest first. */
    Uni<List<Reembedding>> list(TenantId tenant, int limit) {
        return find(tenant, null, limit);
    }

    /** One job. */
    Uni<Optional<Reembedding>> find(TenantId tenant, UUID jobId) {
        return find(tenant, jobId, 1).map(jobs -> jobs.stream().findFirst());
    }

    private Uni<List<Reembedding>> find(TenantId tenant, @Nullable UUID jobId, int limit) {
        return tenancy.readInTenant(tenant, in -> in.execute(LIST, Tuple.of(tenant.value(), jobId, limit)))
                .map(ReembeddingStore::jobs)
                .ifNoItem().after(TIMEOUT).fail();
    }

    /** Jobs that nobody works on. */
    Uni<List<Due>> due(int limit) {
        return tenancy.readInPlane("jobs of all tenants take turns", in -> in.execute(DUE, Tuple.of(limit)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Due(TenantId.of(row.getString("tenant_id")), row.getUUID("job_id"))).toList())
                .ifNoItem().after(TIMEOUT).fail();
    }

    /** Takes a job for that long; empty where somebody else has. */
    Uni<Optional<Reembedding>> lease(Due due, Duration time) {
        return tenancy.inTenant(due.tenant(), in -> in.execute(LEASE, Tuple.of(due.tenant().value(), due.jobId(), (double) time.toSeconds())))
                .map(ReembeddingStore::jobs).map(jobs -> jobs.stream().findFirst())
                .ifNoItem().after(TIMEOUT).fail();
    }

    /** Saves how a job stands, and has it for that long from now. */
    Uni<Reembedding> save(TenantId tenant, Reembedding job, Duration time) {
        PointId next = job.nextPoint();
        Tuple values = Tuple.tuple().addString(tenant.value()).addUUID(job.jobId()).addString(job.state()).addInteger(job.pass())
                .addString(next == null ? null : next.key()).addLong(job.seen()).addLong(job.changed())
                .addLong(job.embedded()).addLong(job.skipped()).addInteger(job.failures()).addString(job.failure())
                .addDouble(time.toMillis() / 1000.0);
        return tenancy.inTenant(tenant, in -> in.execute(SAVE, values))
                .replaceWith(job)
                .ifNoItem().after(TIMEOUT).fail();
    }

    @Override
    public Uni<Void> remove(TenantId tenant) {
        return tenancy.inTenant(tenant, in -> in.execute("DELETE FROM app.vector_reembeddings WHERE tenant_id = $1", Tuple.of(tenant.value())))
                .replaceWithVoid()
                .ifNoItem().after(TIMEOUT).fail();
    }

    private static List<Reembedding> jobs(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(ReembeddingStore::job).toList();
    }

    private static Reembedding job(Row row) {
        String next = row.getString("next_point");
        return new Reembedding(row.getUUID("job_id"), row.getString("alias"), row.getString("source"), row.getString("target"),
                row.getString("provider"), row.getString("state"), row.getInteger("pass"), row.getOffsetDateTime("pass_began").toInstant(), next == null ? null : new PointId(next),
                row.getLong("seen"), row.getLong("changed"), row.getLong("embedded"), row.getLong("skipped"),
                row.getLong("points"), row.getInteger("failures"), row.getString("failure"), row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }
}
