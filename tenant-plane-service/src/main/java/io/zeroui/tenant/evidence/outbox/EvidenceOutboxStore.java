package io.zeroui.tenant.evidence.outbox;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.channels.Channel;
import io.zeroui.contracts.events.EventEnvelope;
import io.zeroui.contracts.events.SequenceRange;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.outbox.OutboxItem;
import io.zeroui.runtime.tenancy.Home;
import io.zeroui.runtime.tenancy.Tenancy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The rows of a home's {@code outbox}; they are written by the index transactions. */
@ApplicationScoped
class EvidenceOutboxStore {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    /** The relay sends one stream in one order, whoever's rows they are. */
    private static final String RELAY = "the outbox is one queue of all tenants";
    private static final String SOURCE = "urn:zeroui:plane:tenant";

    private final Tenancy tenancy;

    EvidenceOutboxStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /**
     * The outbox's epoch; a new one when the index is empty, because the rows that a rebuild writes are others than those
     * which earlier acknowledgements meant.
     */
    Uni<String> beginEpoch(Home home) {
        return tenancy.inPlane(home, "an epoch belongs to the outbox of all tenants", in -> in.execute("""
                INSERT INTO {home}.outbox_epoch AS present (one)
                VALUES (true)
                ON CONFLICT (one) DO UPDATE
                SET epoch = CASE WHEN EXISTS (SELECT FROM {home}.ledger_watermarks) THEN present.epoch
                                 ELSE excluded.epoch END,
                    updated_at = CASE WHEN EXISTS (SELECT FROM {home}.ledger_watermarks) THEN present.updated_at
                                      ELSE now() END
                RETURNING epoch
                """))
                .map(rows -> rows.iterator().next().getUUID("epoch").toString())
                .ifNoItem().after(TIMEOUT).fail();
    }

    Uni<List<OutboxItem>> listAfter(Home home, Channel channel, String epoch, long sequence, int limit) {
        return tenancy.readInPlane(home, RELAY, in -> in.execute("""
                SELECT sequence, tenant_id, payload::text AS payload, created_at
                FROM {home}.outbox
                WHERE channel = $1 AND sequence > $2
                ORDER BY sequence
                LIMIT $3
                """, Tuple.of(channel.name(), sequence, limit)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false).map(row -> item(epoch, row)).toList())
                .ifNoItem().after(TIMEOUT).fail();
    }

    Uni<Integer> drop(Home home, Channel channel, List<SequenceRange> ranges) {
        return tenancy.inPlane(home, RELAY, in -> in.execute("""
                DELETE FROM {home}.outbox
                USING UNNEST ($2::bigint[], $3::bigint[]) AS durable (first, last)
                WHERE channel = $1 AND sequence BETWEEN durable.first AND durable.last
                """, Tuple.of(channel.name(), ranges.stream().map(SequenceRange::from).toArray(Long[]::new),
                ranges.stream().map(SequenceRange::to).toArray(Long[]::new))))
                .map(result -> result.rowCount())
                .ifNoItem().after(TIMEOUT).fail();
    }

    Uni<Long> count(Home home, Channel channel) {
        return tenancy.readInPlane(home, RELAY, in -> in.execute("SELECT count(*) FROM {home}.outbox WHERE channel = $1",
                Tuple.of(channel.name())))
                .map(rows -> rows.iterator().next().getLong(0))
                .ifNoItem().after(TIMEOUT).fail();
    }

    private static OutboxItem item(String epoch, Row row) {
        long sequence = row.getLong("sequence");
        return new OutboxItem(sequence, new EventEnvelope(epoch + ":" + sequence, SOURCE,
                EventEnvelope.EVIDENCE_INDEXED, row.getOffsetDateTime("created_at").toInstant(), null,
                TenantId.of(row.getString("tenant_id")), EventEnvelope.JSON, Map.of(),
                row.getString("payload").getBytes(StandardCharsets.UTF_8)));
    }
}
