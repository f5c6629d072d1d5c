package io.zeroui.bench;

import io.zeroui.contracts.Plane;
import io.zeroui.testing.RealRuntime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Looks into the tenant plane's index from outside. */
final class Ledger implements AutoCloseable {

    private final Connection connection;
    private final PreparedStatement count;

    Ledger(RealRuntime runtime) throws SQLException {
        connection = RealRuntime.connect(runtime.adminUrl(Plane.TENANT));
        count = connection.prepareStatement("SELECT count(*) FROM app.receipts_index");
    }

    long rows() throws SQLException {
        try (ResultSet result = count.executeQuery()) {
            return result.next() ? result.getLong(1) : 0;
        }
    }

    /** Nanoseconds at which the ledger had at least so many rows; looks every 20 ms. */
    long awaitRows(long rows, Duration atMost) throws SQLException, InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (rows() < rows) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the ledger has " + rows() + " of " + rows + " rows after " + atMost);
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return System.nanoTime();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
