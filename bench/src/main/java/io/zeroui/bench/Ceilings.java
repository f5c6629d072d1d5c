package io.zeroui.bench;

import io.zeroui.contracts.Plane;
import io.zeroui.testing.RealRuntime;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What disk, PostgreSQL and Redis reach alone, with the same lines and rows. */
final class Ceilings {

    private static final int BATCH = 256;
    private static final int ROUNDS = 200;
    private static final int SECONDS = 5;
    private static final String INSERT = """
            INSERT INTO bench_receipts
              (receipt_id, tenant_id, repo_id, gate_id, status, kid, hash, file, file_offset, timestamp_utc)
            SELECT * FROM unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bytea[], ?::text[],
                                 ?::bigint[], ?::timestamptz[])
            """;

    private final RealRuntime runtime;

    Ceilings(RealRuntime runtime) {
        this.runtime = runtime;
    }

    /** Appends of {@value #BATCH} lines with one fdatasync each. */
    Figure appendAndSync(byte[] line) throws IOException {
        Path file = Files.createTempFile(runtime.zuRoot(), "bench", ".jsonl");
        ByteBuffer batch = ByteBuffer.allocateDirect((line.length + 1) * BATCH);
        for (int i = 0; i < BATCH; i++) {
            batch.put(line).put((byte) '\n');
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
            long start = System.nanoTime();
            for (int round = 0; round < ROUNDS; round++) {
                batch.flip();
                while (batch.hasRemaining()) {
                    channel.write(batch);
                }
                channel.force(false);
            }
            return Figure.rate("append + fdatasync loop, 256 lines a batch", (long) ROUNDS * BATCH,
                    System.nanoTime() - start, "receipts/s");
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** UNNEST inserts of rows like those of the edge's index. */
    Figure unnestInserts() throws SQLException {
        try (Connection connection = RealRuntime.connect(runtime.adminUrl(Plane.IDE));
                Statement statement = connection.createStatement()) {
            statement.execute("DROP TABLE IF EXISTS bench_receipts");
            statement.execute("""
                    CREATE TABLE bench_receipts (receipt_id text PRIMARY KEY, tenant_id text, repo_id text, gate_id text,
                      status text, kid text, hash bytea, file text, file_offset bigint, timestamp_utc timestamptz)""");
            connection.setAutoCommit(false);
            long rows = 0;
            long start = System.nanoTime();
            try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
                for (int round = 0; round < ROUNDS; round++) {
                    bind(connection, insert, round);
                    rows += insert.executeUpdate();
                    connection.commit();
                }
            }
            Figure figure = Figure.rate("UNNEST inserts, 10 columns, 256 rows a transaction", rows,
                    System.nanoTime() - start, "rows/s");
            statement.execute("DROP TABLE bench_receipts");
            connection.commit();
            return figure;
        }
    }

    private static void bind(Connection connection, PreparedStatement insert, int round) throws SQLException {
        List<String> ids = new ArrayList<>();
        List<byte[]> hashes = new ArrayList<>();
        List<Long> offsets = new ArrayList<>();
        List<Timestamp> times = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            ids.add("receipt-1700000000000-%016x".formatted((long) round * BATCH + i));
            hashes.add(new byte[32]);
            offsets.add((long) i * 700);
            times.add(new Timestamp(System.currentTimeMillis()));
        }
        insert.setArray(1, connection.createArrayOf("text", ids.toArray()));
        String[] same = { "local", "bench-repo", "gate-1", "pass", "bench-key" };
        for (int column = 0; column < same.length; column++) {
            insert.setArray(2 + column,
                    connection.createArrayOf("text", Stream.generate(idsOf(same[column])).limit(BATCH).toArray()));
        }
        insert.setArray(7, connection.createArrayOf("bytea", hashes.toArray(byte[][]::new)));
        insert.setArray(8, connection.createArrayOf("text",
                Stream.generate(idsOf("ide/receipts/bench-repo/2026/11/receipts.jsonl")).limit(BATCH).toArray()));
        insert.setArray(9, connection.createArrayOf("bigint", offsets.toArray()));
        insert.setArray(10, connection.createArrayOf("timestamptz", times.toArray()));
    }

    private static java.util.function.Supplier<String> idsOf(String value) {
        return () -> value;
    }

    /** {@code pgbench -S}, two clients, prepared statements. */
    Figure pgbenchSelect() throws IOException, InterruptedException {
        String url = runtime.adminUrl(Plane.IDE);
        String unused = Programs.pgbench(url, List.of("-i", "-q", "-s", "5"));
        double perSecond = Programs.transactionsPerSecond(url,
                List.of("-S", "-M", "prepared", "-c", "2", "-j", "1", "-T", Integer.toString(SECONDS)));
        assert !unused.isEmpty();
        return new Figure("pgbench -S, 2 clients, prepared", perSecond, "selects/s");
    }

    /** {@code redis-benchmark} XADD of one field of a receipt's size, 16 in a pipeline. */
    Figure redisXadd(byte[] line) throws IOException, InterruptedException {
        URI url = URI.create(runtime.redisUrl());
        String password = url.getRawUserInfo().split(":", 2)[1];
        String output = Programs.run(Programs.program("redis-benchmark"), password,
                List.of("-h", String.valueOf(url.getHost()), "-p", Integer.toString(url.getPort()), "-a", password),
                List.of("-q", "-n", "100000", "-P", "16", "-c", "4", "XADD", "zeroui:bench", "*", "data",
                        "x".repeat(line.length)));
        Programs.run(Programs.program("redis-cli"), password, List.of("-h", String.valueOf(url.getHost()), "-p",
                Integer.toString(url.getPort()), "-a", password, "--no-auth-warning"), List.of("DEL", "zeroui:bench"))
                .lines().close();
        Matcher rate = Pattern.compile("([0-9.]+) requests per second").matcher(output);
        if (!rate.find()) {
            throw new IllegalStateException("redis-benchmark said: " + output);
        }
        return new Figure("redis-benchmark xadd, pipeline of 16", Double.parseDouble(rate.group(1)), "entries/s");
    }
}
