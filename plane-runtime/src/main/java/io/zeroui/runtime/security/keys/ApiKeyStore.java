package io.zeroui.runtime.security.keys;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.access.SecretHash;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The rows of {@code access.api_keys}. Hashes only: no secret ever comes here. */
@ApplicationScoped
class ApiKeyStore {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private static final String ANY_KEY = "whose key it is is known only when it is found";

    private static final String COLUMNS = """
            key_id, secret_hash, name, tenant_id, permissions, created_at, created_by, expires_at, revoked_at, replaces,
            last_used_on""";

    private final Tenancy tenancy;

    ApiKeyStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** The keys that are not revoked and did not expire, at most so many. */
    Uni<List<StoredKey>> listUsable(int limit) {
        return tenancy.readInPlane(ANY_KEY, in -> in.execute("SELECT " + COLUMNS + """

                  FROM access.api_keys
                 WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())
                 LIMIT $1
                """, Tuple.of(limit))).map(ApiKeyStore::keys).ifNoItem().after(TIMEOUT).fail();
    }

    /** All keys, newest first, at most so many. */
    Uni<List<StoredKey>> listNewest(int limit) {
        return tenancy.readInPlane(ANY_KEY, in -> in.execute("SELECT " + COLUMNS + """

                  FROM access.api_keys
                 ORDER BY created_at DESC, key_id
                 LIMIT $1
                """, Tuple.of(limit))).map(ApiKeyStore::keys).ifNoItem().after(TIMEOUT).fail();
    }

    /** The key, or null. */
    Uni<@Nullable StoredKey> find(String keyId) {
        return tenancy.readInPlane(ANY_KEY, in -> in.execute("SELECT " + COLUMNS + """

                  FROM access.api_keys
                 WHERE key_id = $1
                """, Tuple.of(keyId))).map(rows -> keys(rows).stream().findFirst().orElse(null))
                .ifNoItem().after(TIMEOUT).fail();
    }

    /** Adds a key unless there are so many usable ones already; false where there are. */
    Uni<Boolean> insert(StoredKey key, int most) {
        TenantId tenant = key.tenant();
        Tuple values = Tuple.tuple()
                .addString(key.keyId())
                .addValue(Buffer.buffer(key.hash().bytes()))
                .addString(key.name())
                .addString(tenant == null ? null : tenant.value())
                .addValue(key.permissions().stream().map(Permission::text).sorted().toArray(String[]::new))
                .addValue(utc(key.createdAt()))
                .addString(key.createdBy())
                .addValue(utc(key.expiresAt()))
                .addString(key.replaces())
                .addInteger(most);
        return tenancy.inPlane(ANY_KEY, in -> in.execute("""
                INSERT INTO access.api_keys (key_id, secret_hash, name, tenant_id, permissions, created_at, created_by,
                       expires_at, replaces)
                SELECT $1::text, $2::bytea, $3::text, $4::text, $5::text[], $6::timestamptz, $7::text, $8::timestamptz,
                       $9::text
                 WHERE (SELECT count(*) FROM access.api_keys
                         WHERE revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())) < $10::integer
                """, values)).map(done -> done.rowCount() == 1).ifNoItem().after(TIMEOUT).fail();
    }

    /** Revokes a key; true where there is one, revoked now or before. */
    Uni<Boolean> revoke(String keyId) {
        return tenancy.inPlane(ANY_KEY, in -> in.execute("""
                UPDATE access.api_keys
                   SET revoked_at = COALESCE(revoked_at, now())
                 WHERE key_id = $1
                """, Tuple.of(keyId))).map(done -> done.rowCount() == 1).ifNoItem().after(TIMEOUT).fail();
    }

    /** Lets a key end at that time, if it does not end earlier. */
    Uni<Void> endAt(String keyId, Instant end) {
        return tenancy.inPlane(ANY_KEY, in -> in.execute("""
                UPDATE access.api_keys
                   SET expires_at = LEAST(COALESCE(expires_at, $2), $2)
                 WHERE key_id = $1
                """, Tuple.of(keyId, utc(end)))).replaceWithVoid().ifNoItem().after(TIMEOUT).fail();
    }

    /** Remembers that these keys were used on that day. */
    Uni<Void> used(Collection<String> keyIds, LocalDate day) {
        return tenancy.inPlane(ANY_KEY, in -> in.execute("""
                UPDATE access.api_keys
                   SET last_used_on = $2
                 WHERE key_id = ANY ($1) AND (last_used_on IS NULL OR last_used_on < $2)
                """, Tuple.of(keyIds.toArray(String[]::new), day))).replaceWithVoid()
                .ifNoItem().after(TIMEOUT).fail();
    }

    private static List<StoredKey> keys(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(ApiKeyStore::key).toList();
    }

    private static StoredKey key(Row row) {
        String tenant = row.getString("tenant_id");
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        for (String text : (String[]) row.getValue("permissions")) {
            Permission.find(text).ifPresent(permissions::add);
        }
        return new StoredKey(row.getString("key_id"),
                SecretHash.ofBytes(((Buffer) row.getValue("secret_hash")).getBytes()), row.getString("name"),
                tenant == null ? null : TenantId.of(tenant), permissions,
                row.getOffsetDateTime("created_at").toInstant(), row.getString("created_by"),
                instant(row.getOffsetDateTime("expires_at")), instant(row.getOffsetDateTime("revoked_at")),
                row.getString("replaces"), row.getLocalDate("last_used_on"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
