package io.zeroui.tenant.evidence.governance.retention;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.acts.ActCodec;
import io.zeroui.contracts.ledger.acts.LedgerAct.RetentionSet;
import io.zeroui.runtime.tenancy.Tenancy;
import io.zeroui.tenant.evidence.index.EvidenceStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Reads how long evidence is kept. Fails as {@link EvidenceStore#answer}. */
@ApplicationScoped
class RuleStore {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Tenancy tenancy;

    RuleStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** The rule that counts: the last one. */
    Uni<Optional<Rule>> find(TenantId tenant) {
        return EvidenceStore.answer(TIMEOUT, tenancy.readInTenant(tenant, in -> in.execute("""
                SELECT ledger_sequence, done_at, statement
                FROM {home}.ledger_acts
                WHERE tenant_id = $1 AND act = 'retention_set'
                ORDER BY ledger_sequence DESC
                LIMIT 1
                """, Tuple.of(tenant.value()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(RuleStore::rule).findFirst())));
    }

    private static Rule rule(Row row) {
        if (!(ActCodec.read(row.getString("statement")) instanceof RetentionSet act)) {
            throw new IllegalStateException("line " + row.getLong("ledger_sequence") + " does not say how long receipts are kept");
        }
        return new Rule(act, row.getOffsetDateTime("done_at").toInstant(), row.getLong("ledger_sequence"));
    }
}
