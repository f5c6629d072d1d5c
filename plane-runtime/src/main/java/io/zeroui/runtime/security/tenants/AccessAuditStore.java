package io.zeroui.runtime.security.tenants;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.runtime.security.tenants.AccessAudit.Access;
import io.zeroui.runtime.security.tenants.AccessAudit.Count;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The rows of {@code access.audit}, which are only ever added. */
@ApplicationScoped
class AccessAuditStore {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Tenancy tenancy;

    AccessAuditStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    Uni<Void> insert(List<Map.Entry<Access, Count>> records) {
        Tuple columns = Tuple.tuple()
                .addValue(records.stream().map(record -> record.getKey().second().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new))
                .addValue(texts(records, record -> record.getKey().subject()))
                .addValue(texts(records, record -> record.getKey().tenant()))
                .addValue(texts(records, record -> record.getKey().permission().text()))
                .addValue(records.stream().map(record -> record.getValue().requests()).toArray(Long[]::new))
                .addValue(texts(records, record -> record.getValue().requestId()));
        return tenancy.inPlane("one batch is about many tenants", in -> in.execute("""
                INSERT INTO access.audit (accessed_at, subject, tenant_id, permission, requests, first_request_id)
                SELECT *
                  FROM UNNEST ($1::timestamptz[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[])
                """, columns)).replaceWithVoid().ifNoItem().after(TIMEOUT).fail();
    }

    private static String[] texts(List<Map.Entry<Access, Count>> records,
            Function<Map.Entry<Access, Count>, String> column) {
        return records.stream().map(column).toArray(String[]::new);
    }
}
