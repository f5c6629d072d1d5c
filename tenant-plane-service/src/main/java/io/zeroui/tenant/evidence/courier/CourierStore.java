package io.zeroui.tenant.evidence.courier;

import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.tenancy.Tenancy;
import io.zeroui.tenant.evidence.courier.BatchRow.Gap;
import io.zeroui.tenant.evidence.courier.CourierFiles.Place;
import io.zeroui.tenant.evidence.courier.CourierFiles.Placed;
import io.zeroui.tenant.evidence.index.EvidenceStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The rows of {@code app.courier_batches}. */
@ApplicationScoped
class CourierStore {

    /** Most gaps of an emitter that are told. */
    static final int MAX_GAPS = 1_000;

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final Tenancy tenancy;

    CourierStore(Tenancy tenancy) {
        this.tenancy = tenancy;
    }

    /** The newest row. */
    record Last(long number, @Nullable Place place) {
    }

    /** How far the table is. */
    Uni<Last> last(TenantId tenant) {
        return EvidenceStore.answer(TIMEOUT, tenancy.readInTenant(tenant, in -> in.execute("""
                SELECT number, file, file_offset, line_length
                FROM {home}.courier_batches
                WHERE tenant_id = $1
                ORDER BY number DESC
                LIMIT 1
                """, Tuple.of(tenant.value())))
                .map(rows -> rows.size() == 0 ? new Last(0, null) : last(rows.iterator().next())));
    }

    /** Adds rows; one that is there already stays as it is. */
    Uni<Void> insert(TenantId tenant, List<Placed> batches) {
        return EvidenceStore.answer(TIMEOUT, tenancy.inTenant(tenant, in -> in.execute("""
                INSERT INTO {home}.courier_batches (tenant_id, batch_id, number, emitter_service, batch_timestamp, merkle_root,
                    content_hash, receipts, sequences, first_sequence, last_sequence, file, file_offset, line_length,
                    recorded_at)
                SELECT $1, batch_id, number, emitter_service, batch_timestamp, merkle_root, content_hash, receipts,
                       sequences::int8multirange, first_sequence, last_sequence, file, file_offset, line_length, recorded_at
                FROM UNNEST ($2::text[], $3::bigint[], $4::text[], $5::timestamptz[], $6::bytea[], $7::bytea[], $8::int[],
                             $9::text[], $10::bigint[], $11::bigint[], $12::text[], $13::bigint[], $14::int[],
                             $15::timestamptz[])
                     AS b (batch_id, number, emitter_service, batch_timestamp, merkle_root, content_hash, receipts, sequences,
                           first_sequence, last_sequence, file, file_offset, line_length, recorded_at)
                ON CONFLICT DO NOTHING
                """, values(tenant, batches)))).replaceWithVoid();
    }

    /** The batch of that id. */
    Uni<Optional<BatchRow>> find(TenantId tenant, String batchId) {
        return EvidenceStore.answer(TIMEOUT, tenancy.readInTenant(tenant, in -> in.execute("""
                SELECT b.batch_id, b.number, b.emitter_service, b.batch_timestamp, b.merkle_root, b.content_hash, b.receipts,
                       b.first_sequence, b.last_sequence, b.file, b.file_offset, b.line_length, b.recorded_at,
                       ARRAY (SELECT lower(gap) FROM unnest(int8multirange(int8range(b.first_sequence, b.last_sequence, '[]'))
                              - b.sequences) AS gap ORDER BY 1) AS gaps_from,
                       ARRAY (SELECT upper(gap) - 1 FROM unnest(int8multirange(int8range(b.first_sequence, b.last_sequence,
                              '[]')) - b.sequences) AS gap ORDER BY 1) AS gaps_to,
                       (SELECT before.last_sequence
                          FROM {home}.courier_batches AS before
                         WHERE before.tenant_id = $1 AND before.emitter_service = b.emitter_service
                           AND before.first_sequence < b.first_sequence
                         ORDER BY before.first_sequence DESC
                         LIMIT 1) AS before
                FROM {home}.courier_batches AS b
                WHERE b.tenant_id = $1 AND b.batch_id = $2
                """, Tuple.of(tenant.value(), batchId)))
                .map(rows -> stream(rows).map(CourierStore::batch).findFirst()));
    }

    /** What couriers brought of an emitter. */
    Uni<EmitterRange> range(TenantId tenant, String emitterService) {
        return EvidenceStore.answer(TIMEOUT, tenancy.readInTenant(tenant, in -> in.execute("""
                WITH of_emitter AS (
                    SELECT count(*) AS batches, min(first_sequence) AS first, max(last_sequence) AS last,
                           range_agg(sequences) AS sequences
                    FROM {home}.courier_batches
                    WHERE tenant_id = $1 AND emitter_service = $2
                )
                SELECT batches, COALESCE(first, 0) AS first, COALESCE(last, 0) AS last,
                       ARRAY (SELECT lower(gap) FROM unnest(int8multirange(int8range(first, last, '[]')) - sequences) AS gap
                              ORDER BY 1 LIMIT $3) AS gaps_from,
                       ARRAY (SELECT upper(gap) - 1 FROM unnest(int8multirange(int8range(first, last, '[]')) - sequences) AS gap
                              ORDER BY 1 LIMIT $3) AS gaps_to
                FROM of_emitter
                """, Tuple.of(tenant.value(), emitterService, MAX_GAPS + 1L)))
                .map(rows -> range(rows.iterator().next())));
    }

    private static EmitterRange range(Row row) {
        List<Gap> gaps = gaps(row);
        return new EmitterRange(row.getLong("batches"), row.getLong("first"), row.getLong("last"),
                gaps.size() > MAX_GAPS ? gaps.subList(0, MAX_GAPS) : gaps, gaps.size() > MAX_GAPS);
    }

    private static Last last(Row row) {
        return new Last(row.getLong("number"),
                new Place(row.getString("file"), row.getLong("file_offset"), row.getInteger("line_length")));
    }

    private static BatchRow batch(Row row) {
        long first = row.getLong("first_sequence");
        Long before = row.getLong("before");
        Gap gapBefore = before == null || before >= first - 1 ? null : new Gap(before + 1, first - 1);
        return new BatchRow(row.getString("batch_id"), row.getLong("number"), row.getString("emitter_service"),
                row.getOffsetDateTime("batch_timestamp").toInstant(), hash(row, "merkle_root"), hash(row, "content_hash"),
                row.getInteger("receipts"), first, row.getLong("last_sequence"), gaps(row), gapBefore,
                row.getOffsetDateTime("recorded_at").toInstant(), row.getString("file"), row.getLong("file_offset"),
                row.getInteger("line_length"));
    }

    private static List<Gap> gaps(Row row) {
        Long[] from = row.getArrayOfLongs("gaps_from");
        Long[] to = row.getArrayOfLongs("gaps_to");
        List<Gap> gaps = new ArrayList<>(from.length);
        for (int i = 0; i < from.length; i++) {
            gaps.add(new Gap(from[i], to[i]));
        }
        return gaps;
    }

    private static Hash hash(Row row, String column) {
        return new Hash(row.getBuffer(column).getBytes());
    }

    private static Stream<Row> stream(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false);
    }

    private static Tuple values(TenantId tenant, List<Placed> batches) {
        return Tuple.tuple()
                .addValue(tenant.value())
                .addValue(batches.stream().map(b -> b.batch().claims().batchId()).toArray(String[]::new))
                .addValue(batches.stream().map(b -> b.batch().number()).toArray(Long[]::new))
                .addValue(batches.stream().map(b -> b.batch().claims().emitterService()).toArray(String[]::new))
                .addValue(batches.stream().map(b -> b.batch().claims().timestamp().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new))
                .addValue(batches.stream().map(b -> bytes(b.batch().claims().merkleRoot())).toArray(Buffer[]::new))
                .addValue(batches.stream().map(b -> bytes(b.batch().claims().contentHash())).toArray(Buffer[]::new))
                .addValue(batches.stream().map(b -> b.batch().receipts().size()).toArray(Integer[]::new))
                .addValue(batches.stream().map(b -> b.batch().claims().multirange()).toArray(String[]::new))
                .addValue(batches.stream().map(b -> b.batch().claims().first()).toArray(Long[]::new))
                .addValue(batches.stream().map(b -> b.batch().claims().last()).toArray(Long[]::new))
                .addValue(batches.stream().map(b -> b.place().file()).toArray(String[]::new))
                .addValue(batches.stream().map(b -> b.place().offset()).toArray(Long[]::new))
                .addValue(batches.stream().map(b -> b.place().length()).toArray(Integer[]::new))
                .addValue(batches.stream().map(b -> b.batch().recordedAt().atOffset(ZoneOffset.UTC))
                        .toArray(OffsetDateTime[]::new));
    }

    private static Buffer bytes(Hash hash) {
        return Buffer.buffer(hash.bytes());
    }
}
