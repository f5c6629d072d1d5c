package io.zeroui.tenant.evidence.index;

import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Tuple;
import io.zeroui.contracts.receipts.Hash;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Rows turned by ninety degrees: one array per column, as {@code UNNEST} wants them. */
final class IndexColumns<R> {

    private final List<R> rows;
    private final Tuple tuple = Tuple.tuple();

    private IndexColumns(List<R> rows) {
        this.rows = rows;
    }

    /** The parameters of the index's INSERT. */
    static Tuple of(List<IndexedReceipt> rows) {
        return new IndexColumns<>(rows)
                .add(String[]::new, IndexedReceipt::tenantId)
                .add(String[]::new, IndexedReceipt::receiptId)
                .add(Long[]::new, IndexedReceipt::ledgerSequence)
                .add(String[]::new, IndexedReceipt::kind)
                .add(String[]::new, IndexedReceipt::repoId)
                .add(String[]::new, IndexedReceipt::gateId)
                .add(String[]::new, IndexedReceipt::status)
                .add(String[]::new, IndexedReceipt::evaluationPoint)
                .add(String[]::new, IndexedReceipt::severity)
                .add(String[]::new, IndexedReceipt::plane)
                .add(String[]::new, IndexedReceipt::environment)
                .add(String[]::new, IndexedReceipt::emitterService)
                .add(Boolean[]::new, IndexedReceipt::degraded)
                .add(OffsetDateTime[]::new, row -> row.timestampUtc().atOffset(ZoneOffset.UTC))
                .add(OffsetDateTime[]::new, row -> row.receivedAt().atOffset(ZoneOffset.UTC))
                .add(String[]::new, IndexedReceipt::kid)
                .add(Buffer[]::new, row -> bytes(row.link().hash()))
                .add(String[]::new, row -> row.link().chain().value())
                .add(Long[]::new, row -> row.link().position())
                .add(Buffer[]::new, row -> bytes(row.link().prevHash()))
                .add(Buffer[]::new, row -> bytes(row.link().chainHash()))
                .add(String[]::new, IndexedReceipt::file)
                .add(Long[]::new, IndexedReceipt::fileOffset)
                .add(Integer[]::new, IndexedReceipt::lineLength)
                .add(String[]::new, IndexedReceipt::signatureStatus)
                .add(String[]::new, IndexedReceipt::edgeId).tuple;
    }

    /** Bytes as the driver wants them. */
    static Buffer bytes(Hash hash) {
        return Buffer.buffer(hash.bytes());
    }

    @SuppressWarnings("CheckReturnValue")
    private <T> IndexColumns<R> add(IntFunction<T[]> array, Function<R, T> value) {
        tuple.addValue(rows.stream().map(value).toArray(array));
        return this;
    }
}
