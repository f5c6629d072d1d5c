package io.zeroui.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.testing.RealRuntime;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Compares what was acknowledged with what the ledger's files, rows and chains say. Reads; changes nothing. */
final class LedgerCheck {

    private static final int FETCHED = 10_000;

    private final RealRuntime runtime;
    private final Path zuRoot;

    LedgerCheck(RealRuntime runtime, Path zuRoot) {
        this.runtime = runtime;
        this.zuRoot = zuRoot;
    }

    /** Rows in the tenant plane's index. */
    long rows() {
        return number(Plane.TENANT, "SELECT count(*) FROM app.receipts_index");
    }

    /** Rows that wait in the edge's outbox. */
    long outboxRows() {
        return number(Plane.IDE, "SELECT count(*) FROM core.outbox");
    }

    /** Receipts that the product plane has counted. */
    long counted() {
        return number(Plane.PRODUCT, "SELECT coalesce(sum(count), 0) FROM app.receipt_counts");
    }

    /** Every acknowledged line stands in the evidence files exactly once, byte for byte, and so does nothing twice. */
    void everyLineIsThereOnce(Map<String, Hash> acknowledged) {
        Map<Hash, Integer> found = evidence();
        assertThat(found.values()).as("times a line stands in the evidence files").allMatch(times -> times == 1);
        List<String> lost = acknowledged.entrySet().stream()
                .filter(entry -> !found.containsKey(entry.getValue()))
                .map(Map.Entry::getKey).toList();
        assertThat(lost).as("acknowledged receipts that are not in the evidence files").isEmpty();
        assertThat(rows()).as("rows of the index against lines of the files").isEqualTo(found.size());
    }

    /** Ledger sequences are gapless, and every chain can be computed again from its hashes. */
    void chainsAreUnbroken() {
        assertThat(number(Plane.TENANT, """
                SELECT count(*) FROM (
                  SELECT tenant_id FROM app.receipts_index GROUP BY tenant_id
                  HAVING min(ledger_sequence) <> 1 OR max(ledger_sequence) <> count(*)) broken
                """)).as("tenants with a gap in their ledger sequence").isZero();
        query(Plane.TENANT, """
                SELECT chain_id, chain_position, hash, prev_hash, chain_hash, commitment
                  FROM app.receipts_index ORDER BY chain_id, chain_position
                """, this::checkChains);
    }

    private void checkChains(ResultSet rows) throws SQLException {
        String chain = "";
        long position = 0;
        byte[] previous = new byte[Hash.LENGTH];
        byte[] previousChain = new byte[Hash.LENGTH];
        while (rows.next()) {
            if (!chain.equals(rows.getString(1))) {
                chain = rows.getString(1);
                position = 0;
                previous = new byte[Hash.LENGTH];
                previousChain = new byte[Hash.LENGTH];
            }
            position++;
            String where = chain + " at " + position;
            assertThat(rows.getLong(2)).as(where).isEqualTo(position);
            assertThat(rows.getBytes(4)).as("prev_hash of " + where).isEqualTo(previous);
            previousChain = link(previousChain, rows.getBytes(6));
            assertThat(rows.getBytes(5)).as("chain_hash of " + where).isEqualTo(previousChain);
            previous = rows.getBytes(3);
        }
    }

    private static byte[] link(byte[] previous, byte[] commitment) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((byte) 1);
            digest.update(previous);
            return digest.digest(commitment);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Id of the last receipt of a ledger. */
    String newestReceipt() {
        String[] id = new String[1];
        query(Plane.TENANT, "SELECT receipt_id FROM app.receipts_index ORDER BY ledger_sequence DESC LIMIT 1", rows -> {
            assertThat(rows.next()).isTrue();
            id[0] = rows.getString(1);
        });
        return id[0];
    }

    private Map<Hash, Integer> evidence() {
        Map<Hash, Integer> found = new HashMap<>();
        eachEvidenceLine(line -> found.merge(Hash.of(line), 1, Integer::sum));
        return found;
    }

    /** Shows every line of the evidence files of all tenants. */
    void eachEvidenceLine(Consumer<byte[]> seen) {
        try (Stream<Path> files = Files.walk(zuRoot.resolve("tenant"))) {
            files.filter(file -> file.toString().contains("/evidence/data/")
                    && file.getFileName().toString().equals("receipts.jsonl"))
                    .forEach(file -> eachLine(file, seen));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lines that were kept aside: at the edge, and by the tenant plane. */
    List<String> keptAside() {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.walk(zuRoot)) {
            files.filter(file -> file.toString().contains("/evidence/dlq/") || file.toString().contains("/receipts/quarantine/"))
                    .filter(Files::isRegularFile)
                    .forEach(file -> eachLine(file, line -> lines.add(new String(line, StandardCharsets.UTF_8))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }

    /** One line at a time: a long run leaves files of half a gigabyte. */
    private static void eachLine(Path file, Consumer<byte[]> seen) {
        try (BufferedInputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n') {
                    seen.accept(line.toByteArray());
                    line.reset();
                } else {
                    line.write(next);
                }
            }
            assertThat(line.size()).as("bytes behind the last line feed of " + file).isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long number(Plane plane, String sql) {
        long[] value = new long[1];
        query(plane, sql, rows -> {
            rows.next();
            value[0] = rows.getLong(1);
        });
        return value[0];
    }

    private interface Read {
        void from(ResultSet rows) throws SQLException;
    }

    private void query(Plane plane, String sql, Read read) {
        try (Connection connection = RealRuntime.connect(runtime.adminUrl(plane));
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false); // the driver fetches in parts only inside a transaction
            statement.setFetchSize(FETCHED);
            try (ResultSet rows = statement.executeQuery(sql)) {
                read.from(rows);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
