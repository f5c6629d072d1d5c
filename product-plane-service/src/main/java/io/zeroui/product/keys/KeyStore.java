package io.zeroui.product.keys;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.KeyDocument.Revocation;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The tables {@code registry.keys} and {@code registry.key_changes}; every change takes the registry's next version. */
@ApplicationScoped
class KeyStore {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String REGISTRY = "the registry is about all tenants";
    private static final String COLUMNS = "tenant_id, kid, public_key, valid_from, valid_until, revoked_at, compromised_since,"
            + " reason, replaced_by, version, created_at, created_by, updated_at, updated_by";
    private static final String QUALIFIED = "k." + COLUMNS.replace(", ", ", k.");

    private static final String NEXT = """
            WITH next AS (UPDATE registry.state SET version = version + 1 RETURNING version),
            """;

    private static final String ADD = NEXT + """
            done AS (
                INSERT INTO registry.keys (tenant_id, kid, public_key, valid_from, valid_until, version, created_by, updated_by)
                SELECT t.tenant_id, $2, $3, $4, $5, next.version, $6, $6
                  FROM next, registry.tenants AS t
                 WHERE t.tenant_id = $1 AND t.state <> 'deleted'
                ON CONFLICT (tenant_id, kid) DO NOTHING
                RETURNING *),
            noted AS (
                INSERT INTO registry.key_changes (tenant_id, kid, version, action, valid_until, changed_by)
                SELECT tenant_id, kid, version, 'add', valid_until, $6 FROM done)
            SELECT\s""" + COLUMNS + " FROM done";

    /** A key that came with receipts has no row yet. */
    private static final String REVOKE = NEXT + """
            done AS (
                INSERT INTO registry.keys AS k (tenant_id, kid, revoked_at, compromised_since, reason, version, created_by, updated_by)
                SELECT t.tenant_id, $2, $3, $4, $5, next.version, $6, $6
                  FROM next, registry.tenants AS t
                 WHERE t.tenant_id = $1
                ON CONFLICT (tenant_id, kid) DO UPDATE
                   SET revoked_at = excluded.revoked_at, compromised_since = excluded.compromised_since,
                       reason = excluded.reason, version = excluded.version, updated_at = now(), updated_by = excluded.updated_by
                 WHERE k.revoked_at IS NULL OR k.compromised_since > excluded.compromised_since
                RETURNING *),
            noted AS (
                INSERT INTO registry.key_changes (tenant_id, kid, version, action, reason, compromised_since, valid_until, changed_by)
                SELECT tenant_id, kid, version, 'revoke', reason, compromised_since, valid_until, $6 FROM done)
            SELECT\s""" + COLUMNS + " FROM done";

    private static final String RESTORE = NEXT + """
            done AS (
                UPDATE registry.keys AS k
                   SET revoked_at = NULL, compromised_since = NULL, reason = NULL, version = next.version, updated_at = now(),
                       updated_by = $3
                  FROM next
                 WHERE k.tenant_id = $1 AND k.kid = $2 AND k.revoked_at IS NOT NULL
                RETURNING\s""" + QUALIFIED + """
            ),
            noted AS (
                INSERT INTO registry.key_changes (tenant_id, kid, version, action, valid_until, changed_by)
                SELECT tenant_id, kid, version, 'restore', valid_until, $3 FROM done)
            SELECT\s""" + COLUMNS + " FROM done";

    private static final String REPLACE = NEXT + """
            done AS (
                INSERT INTO registry.keys AS k (tenant_id, kid, valid_until, replaced_by, version, created_by, updated_by)
                SELECT t.tenant_id, $2, $3, $4, next.version, $5, $5
                  FROM next, registry.tenants AS t
                 WHERE t.tenant_id = $1
                ON CONFLICT (tenant_id, kid) DO UPDATE
                   SET valid_until = LEAST(k.valid_until, excluded.valid_until), replaced_by = excluded.replaced_by,
                       version = excluded.version, updated_at = now(), updated_by = excluded.updated_by
                RETURNING *),
            noted AS (
                INSERT INTO registry.key_changes (tenant_id, kid, version, action, valid_until, changed_by)
                SELECT tenant_id, kid, version, 'replace', valid_until, $5 FROM done)
            SELECT\s""" + COLUMNS + " FROM done";

    private final Tenancy tenancy;

    KeyStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** Adds a key; empty where the tenant is not there, or has a key of that id. */
    Uni<Optional<KeyView>> add(TenantId tenant, Kid kid, Ed25519PublicKey key, @Nullable Instant validFrom,
            @Nullable Instant validUntil, String caller) {
        return change(ADD, Tuple.tuple().addValue(tenant.value()).addValue(kid.value()).addValue(Buffer.buffer(key.raw()))
                .addValue(time(validFrom)).addValue(time(validUntil)).addValue(caller));
    }

    /** Revokes a key; empty where the tenant is not there, or the key is revoked since as early a time already. */
    Uni<Optional<KeyView>> revoke(TenantId tenant, Kid kid, Revocation how, String caller) {
        return change(REVOKE, Tuple.tuple().addValue(tenant.value()).addValue(kid.value()).addValue(time(how.at()))
                .addValue(time(how.compromisedSince())).addValue(how.reason()).addValue(caller));
    }

    /** Takes a revocation back; empty where there is none. */
    Uni<Optional<KeyView>> restore(TenantId tenant, Kid kid, String caller) {
        return change(RESTORE, Tuple.of(tenant.value(), kid.value(), caller));
    }

    /** Ends a key's validity, or brings its end forward; empty where the tenant is not there. */
    Uni<Optional<KeyView>> replace(TenantId tenant, Kid kid, Instant validUntil, Kid by, String caller) {
        return change(REPLACE, Tuple.of(tenant.value(), kid.value(), time(validUntil), by.value(), caller));
    }

    /** The tenant's key of that id. */
    Uni<Optional<KeyView>> find(TenantId tenant, Kid kid) {
        return read("SELECT " + COLUMNS + " FROM registry.keys WHERE tenant_id = $1 AND kid = $2",
                Tuple.of(tenant.value(), kid.value())).map(found -> found.stream().findFirst());
    }

    /** The tenant's keys in the order of their ids, from behind {@code after}. */
    Uni<List<KeyView>> list(TenantId tenant, @Nullable Kid after, int limit) {
        return read("SELECT " + COLUMNS + """
                 FROM registry.keys
                 WHERE tenant_id = $1 AND kid COLLATE "C" > $2
                 ORDER BY kid COLLATE "C"
                 LIMIT $3
                """, Tuple.of(tenant.value(), after == null ? "" : after.value(), limit));
    }

    private Uni<Optional<KeyView>> change(String sql, Tuple values) {
        return tenancy.inPlane(REGISTRY, in -> in.execute(sql, values))
                .map(rows -> views(rows).stream().findFirst())
                .ifNoItem().after(TIMEOUT).fail();
    }

    private Uni<List<KeyView>> read(String sql, Tuple values) {
        return tenancy.readInPlane(REGISTRY, in -> in.execute(sql, values))
                .map(KeyStore::views)
                .ifNoItem().after(TIMEOUT).fail();
    }

    private static List<KeyView> views(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(KeyStore::view).toList();
    }

    private static KeyView view(Row row) {
        Buffer key = (Buffer) row.getValue("public_key");
        return new KeyView(row.getString("tenant_id"), row.getString("kid"),
                key == null ? null : Ed25519PublicKey.ofRaw(key.getBytes()).fingerprint(), instant(row, "valid_from"),
                instant(row, "valid_until"), instant(row, "revoked_at"), instant(row, "compromised_since"),
                row.getString("reason"), row.getString("replaced_by"), row.getLong("version"),
                row.getOffsetDateTime("created_at").toInstant(), row.getString("created_by"),
                row.getOffsetDateTime("updated_at").toInstant(), row.getString("updated_by"));
    }

    private static @Nullable Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
