package io.zeroui.bench.evidence;

import io.zeroui.bench.DatabaseTime;
import io.zeroui.bench.Ledger;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.signature.SpkiPem;
import io.zeroui.testing.Checkout;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import io.zeroui.testing.SignedReceipts;
import io.zeroui.testing.TestCredentials;
import io.zeroui.testing.planes.RunningPlanes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/**
 * How the evidence ledger of one tenant behaves as it grows: 10,000, 100,000 and so many receipts as are asked for. Everything is
 * asked through the tenant plane's HTTP API, by the command line and, beside it in the same run, of PostgreSQL alone.
 */
public final class EvidenceBench {

    static final String TENANT = "local";

    private static final List<Integer> SMALLER = List.of(10_000, 100_000);
    private static final int CONNECTIONS = 4;
    private static final int STEADY = 500;
    private static final Duration STEADY_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofMinutes(30);

    private final RealRuntime runtime = RealRuntime.with(RuntimePart.values());
    private final SignedReceipts emitter = SignedReceipts.withNewKey("bench-key");
    private final ReceiptMix mix = new ReceiptMix(emitter);
    private final Map<String, Map<Integer, String>> table = new LinkedHashMap<>();
    private final List<String> ids = new ArrayList<>();
    private final RunningPlanes planes;
    private final EvidenceClient client;

    private EvidenceBench() throws IOException {
        Path trusted = new ZuRoot(runtime.zuRoot()).tenantTrust(TenantId.of(TENANT), Region.of("local"), emitter.kid());
        Files.createDirectories(trusted.getParent());
        Files.writeString(trusted, SpkiPem.write(emitter.keys().publicKey()));
        planes = RunningPlanes.start(runtime.zuRoot(), Map.of());
        client = new EvidenceClient(planes.url(Plane.TENANT, ""), TENANT);
    }

    /** Measures up to so many receipts and prints one table. */
    public static void run(int largest) throws Exception {
        EvidenceBench bench = new EvidenceBench();
        try (RunningPlanes planes = bench.planes; Ledger ledger = new Ledger(bench.runtime);
                Connection database = RealRuntime.connect(bench.runtime.adminUrl(Plane.TENANT))) {
            List<Integer> sizes = new ArrayList<>(SMALLER.stream().filter(size -> size < largest).toList());
            sizes.add(largest);
            for (int size : sizes) {
                bench.grow(ledger, size);
                bench.checkpoints(size);
                bench.ask(database, size);
            }
            bench.verify(largest);
            bench.insertRaw(database, largest);
            bench.rebuild(ledger, largest);
            bench.print(sizes);
            assert planes == bench.planes;
        }
    }

    /** Ingests what is missing to that size: durable and answered, indexed, in a signed checkpoint. */
    private void grow(Ledger ledger, int size) throws Exception {
        int missing = size - ids.size();
        List<Path> files = new ArrayList<>();
        say("signing " + missing + " receipts");
        List<CompletableFuture<List<String>>> written = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Path file = Files.createTempFile("zeroui-bench-", ".jsonl");
            int share = missing / CONNECTIONS + (i == 0 ? missing % CONNECTIONS : 0);
            long seed = size + i;
            files.add(file);
            written.add(CompletableFuture.supplyAsync(() -> attempt(() -> mix.write(file, share, seed))));
        }
        written.forEach(some -> ids.addAll(some.join()));
        say("sending them");
        long before = ledger.rows();
        long start = System.nanoTime();
        List<CompletableFuture<Long>> sent = new ArrayList<>();
        for (Path file : files) {
            sent.add(CompletableFuture.supplyAsync(() -> attempt(() -> client.ingest(file))));
        }
        long taken = sent.stream().mapToLong(CompletableFuture::join).sum();
        if (taken != missing) {
            throw new IllegalStateException(taken + " of " + missing + " receipts were taken");
        }
        rate("ingest, answered when durable (receipts/s)", size, missing, System.nanoTime() - start);
        awaitCheckpoint(before + missing);
        rate("ingest to signed checkpoint (receipts/s)", size, missing, System.nanoTime() - start);
        rate("ingest to index (receipts/s)", size, missing, ledger.awaitRows(before + missing, LONGEST) - start);
        ledger.awaitCounted(size, LONGEST);
        for (Path file : files) {
            Files.delete(file);
        }
    }

    private void awaitCheckpoint(long lines) throws IOException {
        while (client.checkpointed() < lines) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    /** Single receipts, 50 a second: from sending one until a signed checkpoint has it. */
    private void checkpoints(int size) throws Exception {
        long[] sentAt = new long[STEADY];
        long first = client.checkpointed();
        Path file = Files.createTempFile("zeroui-bench-", ".jsonl");
        ids.addAll(mix.write(file, STEADY, -size));
        List<String> lines = Files.readAllLines(file);
        Files.delete(file);
        CompletableFuture<long[]> seen = CompletableFuture.supplyAsync(() -> attempt(() -> follow(first)));
        for (int i = 0; i < STEADY; i++) {
            sentAt[i] = System.nanoTime();
            if (client.post("/v1/evidence/receipts", lines.get(i)).isEmpty()) {
                throw new IOException("no answer");
            }
            LockSupport.parkNanos(STEADY_PAUSE.toNanos() - (System.nanoTime() - sentAt[i]));
        }
        long[] seenAt = seen.join();
        put("receipt to signed checkpoint at 50/s, p50 / p99 (ms)", size,
                Latencies.of(LongStream.range(0, STEADY).map(i -> seenAt[(int) i] - sentAt[(int) i])).toString());
    }

    private long[] follow(long first) throws IOException {
        long[] seenAt = new long[STEADY];
        for (int have = 0; have < STEADY;) {
            long covered = client.checkpointed() - first;
            long at = System.nanoTime();
            for (; have < Math.min(covered, STEADY); have++) {
                seenAt[have] = at;
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        return seenAt;
    }

    private void ask(Connection database, int size) throws Exception {
        say("asking at " + size);
        execute(database, "VACUUM (ANALYZE) app.receipts_index");
        new Questions(client, database, ids).ask((what, asked) -> {
            put(what + ", p50 / p99 (ms)", size, asked.service().toString());
            if (asked.raw() != null) {
                put(what + ": raw PostgreSQL", size, asked.raw().toString());
            }
        });
    }

    /** The files alone, by the command line: every line, signature, tile and checkpoint. */
    private void verify(int size) throws Exception {
        say("verifying");
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Checkout.root().resolve("cli/target/zeroui-cli.jar").toString(), "verify", "--tenant", TENANT).redirectErrorStream(true);
        builder.environment().put("ZU_ROOT", runtime.zuRoot().toString());
        builder.environment().put(TestCredentials.LOG_KEY_VARIABLE, TestCredentials.logKey());
        builder.environment().put("ZEROUI_TENANT_URL", planes.url(Plane.TENANT, ""));
        long start = System.nanoTime();
        Process process = builder.start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(printed);
        }
        put("verify all files (s)", size, seconds(System.nanoTime() - start));
    }

    /** The same rows into a table with the same indexes, by one statement of PostgreSQL alone. */
    private void insertRaw(Connection database, int size) throws SQLException {
        say("copying the index");
        execute(database, "CREATE TABLE app.bench_copy (LIKE app.receipts_index INCLUDING ALL)");
        long start = System.nanoTime();
        execute(database, "INSERT INTO app.bench_copy SELECT * FROM app.receipts_index ORDER BY tenant_id, ledger_sequence");
        put("raw PostgreSQL: INSERT … SELECT of the index's rows, same indexes (s)", size, seconds(System.nanoTime() - start));
        execute(database, "DROP TABLE app.bench_copy");
    }

    /** An empty database: from starting the service until its index has everything. */
    private void rebuild(Ledger ledger, int size) throws SQLException {
        say("rebuilding the index");
        long rows = ledger.rows();
        ledger.close();
        planes.service(Plane.TENANT).close();
        runtime.resetDatabase(Plane.TENANT);
        DatabaseTime databases = new DatabaseTime(runtime);
        databases.begin();
        long start = System.nanoTime();
        planes.service(Plane.TENANT).start().awaitReady(LONGEST);
        put("rebuild the index from the files (s)", size, seconds(System.nanoTime() - start));
        databases.print();
        try (Ledger again = new Ledger(runtime)) {
            if (again.rows() != rows) {
                throw new IllegalStateException("rebuilt " + again.rows() + " of " + rows);
            }
        }
    }

    private static void execute(Connection database, String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            boolean rows = statement.execute(sql);
            assert !rows;
        }
    }

    private void rate(String what, int size, long count, long nanos) {
        put(what, size, String.format(Locale.ROOT, "%,.0f", count * 1e9 / nanos));
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1e9);
    }

    private void put(String what, int size, String figure) {
        say(what + " at " + size + ": " + figure);
        String replaced = table.computeIfAbsent(what, name -> new LinkedHashMap<>()).put(size, figure);
        assert replaced == null;
    }

    private void print(List<Integer> sizes) {
        StringBuilder text = new StringBuilder("| |");
        sizes.forEach(size -> text.append(String.format(Locale.ROOT, " %,d |", size)));
        text.append("\n|---|").append("---|".repeat(sizes.size())).append('\n');
        table.forEach((what, figures) -> {
            text.append("| ").append(what).append(" |");
            sizes.forEach(size -> text.append(' ').append(figures.getOrDefault(size, "")).append(" |"));
            text.append('\n');
        });
        System.out.print(text);
    }

    private static <T> T attempt(Callable<T> work) {
        try {
            return work.call();
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private static void say(String what) {
        System.err.println("bench: " + what);
    }
}
