package io.zeroui.product.witness;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.witness.AddCheckpoint;
import io.zeroui.contracts.witness.WitnessRefusal;
import io.zeroui.product.witness.OfferRules.Decision;
import io.zeroui.runtime.tenancy.Statements;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The table {@code witness.logs}. */
@ApplicationScoped
class WitnessLogStore {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String ALL_LOGS = "an operator looks at the logs of all tenants";
    private static final String COLUMNS = "tenant_id, origin, log_key, size, root_hash, witnessed_at, offered_key, accepted_at, accepted_by";

    private static final String LOCK = "SELECT " + COLUMNS + """
             FROM witness.logs
             WHERE tenant_id = $1 AND origin = $2
               FOR UPDATE
            """;

    private static final String FIRST = """
            INSERT INTO witness.logs (tenant_id, origin, log_key, size, root_hash)
            VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (tenant_id, origin) DO NOTHING
            RETURNING size
            """;

    private static final String ADVANCE = """
            UPDATE witness.logs
               SET size = $3, root_hash = $4, witnessed_at = now(), offered_key = NULL
             WHERE tenant_id = $1 AND origin = $2
            RETURNING size
            """;

    private static final String NOTE_KEY = """
            UPDATE witness.logs SET offered_key = $3
             WHERE tenant_id = $1 AND origin = $2
            """;

    private static final String ACCEPT = """
            UPDATE witness.logs
               SET log_key = $3, offered_key = NULL, accepted_at = now(), accepted_by = $4
             WHERE tenant_id = $1 AND origin = $2
            RETURNING\s""" + COLUMNS;

    private static final String LIST = "SELECT " + COLUMNS + """
             FROM witness.logs
             WHERE (tenant_id, origin) > ($1, $2)
             ORDER BY tenant_id, origin
             LIMIT $3
            """;

    private final Tenancy tenancy;

    WitnessLogStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** Decides on an offer while the log's row is held, and commits what is decided; the item comes after the commit. */
    Uni<Decision> decide(SignedOffer offer) {
        return tenancy.inTenant(offer.tenant(), in -> locked(in, offer)
                .map(known -> OfferRules.decide(offer, known.orElse(null)))
                .chain(decision -> write(in, offer, decision)))
                .ifNoItem().after(TIMEOUT).fail();
    }

    /** Makes another key the log's; empty where the log is not known. */
    Uni<Optional<WitnessedLog>> accept(TenantId tenant, String origin, String logKey, String caller) {
        return tenancy.inTenant(tenant, in -> in.execute(ACCEPT, Tuple.of(tenant.value(), origin, logKey, caller)))
                .map(rows -> logs(rows).stream().findFirst())
                .ifNoItem().after(TIMEOUT).fail();
    }

    /** Logs in the order of tenant and name, from behind {@code afterTenant} and {@code afterOrigin}. */
    Uni<List<WitnessedLog>> list(String afterTenant, String afterOrigin, int limit) {
        return tenancy.readInPlane(ALL_LOGS, in -> in.execute(LIST, Tuple.of(afterTenant, afterOrigin, limit)))
                .map(WitnessLogStore::logs)
                .ifNoItem().after(TIMEOUT).fail();
    }

    private static Uni<Optional<WitnessedLog>> locked(Statements in, SignedOffer offer) {
        return in.execute(LOCK, Tuple.of(offer.tenant().value(), offer.origin()))
                .map(rows -> logs(rows).stream().findFirst());
    }

    private static Uni<Decision> write(Statements in, SignedOffer offer, Decision decision) {
        String tenant = offer.tenant().value();
        Buffer root = Buffer.buffer(offer.checkpoint().rootHash().bytes());
        if (decision instanceof Decision.First) {
            return in.execute(FIRST, Tuple.of(tenant, offer.origin(), offer.logKey().format(), offer.size(), root))
                    .map(rows -> rows.size() == 1 ? decision
                            : new Decision.Refused(WitnessRefusal.CONFLICT, 0, "another offer was first"));
        }
        if (decision instanceof Decision.Advance) {
            return in.execute(ADVANCE, Tuple.of(tenant, offer.origin(), offer.size(), root)).replaceWith(decision);
        }
        if (decision instanceof Decision.Refused refused && refused.refusal() == WitnessRefusal.KEY) {
            return in.execute(NOTE_KEY, Tuple.of(tenant, offer.origin(), offer.logKey().format())).replaceWith(decision);
        }
        return Uni.createFrom().item(decision);
    }

    private static List<WitnessedLog> logs(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(WitnessLogStore::log).toList();
    }

    private static WitnessedLog log(Row row) {
        @Nullable
        OffsetDateTime accepted = row.getOffsetDateTime("accepted_at");
        return new WitnessedLog(row.getString("tenant_id"), row.getString("origin"), row.getString("log_key"),
                row.getLong("size"), AddCheckpoint.base64(new Hash(row.getBuffer("root_hash").getBytes())),
                row.getOffsetDateTime("witnessed_at").toInstant(), row.getString("offered_key"),
                accepted == null ? null : accepted.toInstant(), row.getString("accepted_by"));
    }
}
