package io.zeroui.bench;

import io.zeroui.contracts.Plane;
import io.zeroui.testing.RealRuntime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/**
 * Looks into the tenant plane's index from outside, at a cost that does not show: the size of a ledger is one row, and rows
 * are read by their place in it.
 */
public final class Ledger implements AutoCloseable {

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Connection tenant;
    private final Connection product;
    private final PreparedStatement size;
    private final PreparedStatement behind;
    private final PreparedStatement counted;

    public Ledger(RealRuntime runtime) throws SQLException {
        tenant = RealRuntime.connect(runtime.adminUrl(Plane.TENANT));
        product = RealRuntime.connect(runtime.adminUrl(Plane.PRODUCT));
        size = tenant.prepareStatement("SELECT COALESCE(sum(ledger_sequence), 0) FROM app.ledger_watermarks");
        behind = tenant.prepareStatement("""
                SELECT receipt_id, ledger_sequence
                  FROM app.receipts_index
                 WHERE tenant_id = 'local' AND ledger_sequence > ?
                 ORDER BY ledger_sequence
                 LIMIT 10000
                """);
        counted = product.prepareStatement("SELECT COALESCE(sum(count), 0) FROM app.receipt_counts");
    }

    /** Lines of all ledgers that are indexed. */
    public long rows() throws SQLException {
        return number(size);
    }

    /** Nanoseconds at which the ledger had at least so many rows; looks every 2 ms. */
    public long awaitRows(long rows, Duration atMost) throws SQLException {
        return await(size, rows, atMost);
    }

    /** Waits until the product plane has counted so many receipts: then nothing of them is under way any more. */
    public void awaitCounted(long rows, Duration atMost) throws SQLException {
        long at = await(counted, rows, atMost);
        assert at > 0;
    }

    /** Tells every receipt that comes into the ledger behind a place, with the nanoseconds at which it was seen. */
    void follow(long from, long rows, Duration atMost, BiConsumer<String, Long> seen) throws SQLException {
        long end = System.nanoTime() + atMost.toNanos();
        long last = from;
        while (last < from + rows) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException((last - from) + " of " + rows + " arrived after " + atMost);
            }
            long now = number(size);
            long at = System.nanoTime();
            if (now > last) {
                behind.setLong(1, last);
                try (ResultSet result = behind.executeQuery()) {
                    while (result.next()) {
                        seen.accept(result.getString(1), at);
                        last = result.getLong(2);
                    }
                }
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    private static long await(PreparedStatement query, long wanted, Duration atMost) throws SQLException {
        long end = System.nanoTime() + atMost.toNanos();
        while (number(query) < wanted) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(number(query) + " of " + wanted + " rows after " + atMost);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return System.nanoTime();
    }

    private static long number(PreparedStatement query) throws SQLException {
        try (ResultSet result = query.executeQuery()) {
            return result.next() ? result.getLong(1) : 0;
        }
    }

    @Override
    public void close() throws SQLException {
        tenant.close();
        product.close();
    }
}
