package io.zeroui.tenant.evidence.access;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.tenancy.Tenancy;
import io.zeroui.tenant.evidence.index.EvidenceStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** The rows of {@code access.evidence_reads}, which are only ever added. */
@ApplicationScoped
class EvidenceReadStore {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Tenancy tenancy;

    EvidenceReadStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /**
     * What was read.
     *
     * @param subject by whom
     * @param tenant whose
     */
    record Read(String subject, String tenant, String action, String target) {
    }

    /**
     * How often, and how much.
     *
     * @param requestId id of the first request
     * @param at when the first was
     */
    record Count(long requests, long results, String requestId, Instant at) {

        Count plus(long more) {
            return new Count(requests + 1, results + more, requestId, at);
        }
    }

    Uni<Void> insert(List<Map.Entry<Read, Count>> records) {
        Tuple columns = Tuple.tuple()
                .addValue(texts(records, record -> record.getKey().tenant()))
                .addValue(records.stream().map(record -> record.getValue().at().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new))
                .addValue(texts(records, record -> record.getKey().subject()))
                .addValue(texts(records, record -> record.getKey().action()))
                .addValue(texts(records, record -> record.getKey().target()))
                .addValue(records.stream().map(record -> record.getValue().requests()).toArray(Long[]::new))
                .addValue(records.stream().map(record -> record.getValue().results()).toArray(Long[]::new))
                .addValue(texts(records, record -> record.getValue().requestId()));
        return tenancy.inPlane("one batch is about many tenants", in -> in.execute("""
                INSERT INTO access.evidence_reads
                    (tenant_id, accessed_at, subject, action, target, requests, results, first_request_id)
                SELECT *
                  FROM UNNEST ($1::text[], $2::timestamptz[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::bigint[],
                               $8::text[])
                """, columns)).replaceWithVoid().ifNoItem().after(TIMEOUT).fail();
    }

    /** The newest records about a tenant before that one. */
    Uni<List<AccessPage.Item>> list(TenantId tenant, long before, int limit) {
        return EvidenceStore.answer(TIMEOUT, tenancy.readAboutTenant(tenant, in -> in.execute("""
                SELECT id, accessed_at, subject, action, target, requests, results, first_request_id
                  FROM access.evidence_reads
                 WHERE tenant_id = $1 AND id < $2
                 ORDER BY id DESC
                 LIMIT $3
                """, Tuple.of(tenant.value(), before, limit)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(EvidenceReadStore::item).toList()));
    }

    private static AccessPage.Item item(Row row) {
        return new AccessPage.Item(row.getLong("id"), row.getOffsetDateTime("accessed_at").toInstant(), row.getString("subject"),
                row.getString("action"), row.getString("target"), row.getLong("requests"), row.getLong("results"),
                row.getString("first_request_id"));
    }

    private static String[] texts(List<Map.Entry<Read, Count>> records, Function<Map.Entry<Read, Count>, String> column) {
        return records.stream().map(column).toArray(String[]::new);
    }
}
