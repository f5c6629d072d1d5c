package io.zeroui.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zeroui.contracts.Plane;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import io.zeroui.testing.SignedReceipts;
import io.zeroui.testing.TempZuRoot;
import io.zeroui.testing.planes.RunningPlanes;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** A tenant moves up through the tiers, by the operators' command, while its edge sends and somebody reads. */
class PromotionIT {

    private static final Duration ARRIVED = Duration.ofSeconds(90);
    private static final String DATABASE = "zeroui_promoted";

    private final String tenant = "t-" + UUID.randomUUID();

    @Test
    void everyReceiptIsInTheLedgerOnceWhereverItsTenantLives() throws Exception {
        RealRuntime runtime = RealRuntime.with(RuntimePart.values());
        try (TempZuRoot fabric = TempZuRoot.create()) {
            Path databases = ownDatabase(runtime, fabric.path().resolve("databases.properties"));
            SignedReceipts emitter = SignedReceipts.withNewKey("promoted-key").trustedBy(fabric.path());
            try (RunningPlanes planes = RunningPlanes.start(fabric.path(), Map.of("ZEROUI_TENANT_DATABASES", databases.toString()))) {
                Operators operators = new Operators(planes);
                assertThat(operators.run("tenants", "create", tenant)).contains("is active");
                List<String> sent = new CopyOnWriteArrayList<>();
                AtomicBoolean stop = new AtomicBoolean();
                CompletableFuture<Void> sending = CompletableFuture.runAsync(() -> {
                    while (!stop.get()) {
                        String id = SignedReceipts.newId();
                        assertThat(send(planes, emitter.decision("repo", id, receipt -> receipt.put("tenant_id", tenant))))
                                .isEqualTo(201);
                        sent.add(id);
                    }
                });
                await().atMost(ARRIVED).until(() -> sent.size() > 200);

                assertThat(operators.run("tenants", "promote", tenant, "--tier", "schema"))
                        .contains("lives in schema tenant_" + tenant);
                int then = sent.size();
                await().atMost(ARRIVED).until(() -> sent.size() > then + 100);
                assertThat(operators.run("tenant", "promote", tenant, "--tier", "database", "--database", "acme"))
                        .contains("lives in database acme");
                planes.service(Plane.TENANT).kill();
                planes.service(Plane.TENANT).restartWith(Map.of());
                planes.awaitReady();
                int later = sent.size();
                await().atMost(ARRIVED).until(() -> sent.size() > later + 100);
                stop.set(true);
                sending.get(60, TimeUnit.SECONDS);
                othersGoOnWhileItsDatabaseIsSilent(runtime, planes, emitter, sent);

                await().atMost(ARRIVED).untilAsserted(() -> assertThat(inOwnDatabase(runtime)).isEqualTo(sent.size()));
                for (String id : List.of(sent.get(0), sent.get(then), sent.get(sent.size() - 1))) {
                    assertThat(Http.get(planes.url(Plane.TENANT, "/v1/evidence/receipts/" + id + "/verify")).json().toString())
                            .contains("verified");
                }
                await().atMost(ARRIVED).untilAsserted(() -> assertThat(counted(runtime)).isEqualTo(sent.size()));
                assertThat(number(runtime.adminUrl(Plane.TENANT), "SELECT count(*) FROM app.receipts_index WHERE tenant_id = '" + tenant + "'"))
                        .as("rows left in the shared tables").isZero();
                assertThat(operators.run("tenants", "list")).contains("database acme");
                assertThat(operators.fails("tenants", "promote", tenant, "--tier", "schema")).contains("nobody is moved down");
                assertThat(operators.fails("tenants", "promote", tenant, "--tier", "palace")).contains("tier must be");
            }
        }
    }

    private void othersGoOnWhileItsDatabaseIsSilent(RealRuntime runtime, RunningPlanes planes, SignedReceipts emitter,
            List<String> sent) throws SQLException {
        await().atMost(ARRIVED).untilAsserted(() -> assertThat(inOwnDatabase(runtime)).isEqualTo(sent.size()));
        execute(runtime, "ALTER DATABASE " + DATABASE + " ALLOW_CONNECTIONS false",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + DATABASE + "'");
        String own = SignedReceipts.newId();
        String others = SignedReceipts.newId();
        assertThat(send(planes, emitter.decision("repo", own, receipt -> receipt.put("tenant_id", tenant)))).isEqualTo(201);
        assertThat(send(planes, emitter.decision("repo", others, receipt -> {
        }))).isEqualTo(201);
        await().atMost(ARRIVED).until(() -> Http.get(planes.url(Plane.TENANT, "/v1/evidence/receipts/" + others),
                "X-Tenant-Id", "local").status() == 200);
        execute(runtime, "ALTER DATABASE " + DATABASE + " ALLOW_CONNECTIONS true");
        sent.add(own);
        await().atMost(ARRIVED).untilAsserted(() -> assertThat(inOwnDatabase(runtime)).isEqualTo(sent.size()));
    }

    private static int send(RunningPlanes planes, byte[] line) {
        return Http.post(planes.url(Plane.IDE, "/v1/receipts"), "application/json", line).status();
    }

    private static void execute(RealRuntime runtime, String... statements) throws SQLException {
        try (Connection admin = RealRuntime.connect(runtime.adminUrl(Plane.TENANT)); Statement statement = admin.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private long counted(RealRuntime runtime) throws SQLException {
        return number(runtime.adminUrl(Plane.PRODUCT),
                "SELECT coalesce(sum(count), 0) FROM app.receipt_counts WHERE tenant_id = '" + tenant + "'");
    }

    private long inOwnDatabase(RealRuntime runtime) throws SQLException {
        return number(onServer(runtime.adminUrl(Plane.TENANT)),
                "SELECT count(DISTINCT receipt_id) FROM app.receipts_index WHERE tenant_id = '" + tenant + "'");
    }

    private static long number(String url, String sql) throws SQLException {
        try (Connection connection = RealRuntime.connect(url); Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    /** A database for one tenant, with the logins of the plane; returns the file that names it. */
    private static Path ownDatabase(RealRuntime runtime, Path file) throws Exception {
        String owner = URI.create(runtime.migrationUrl(Plane.TENANT)).getRawUserInfo().split(":", 2)[0];
        execute(runtime, "DROP DATABASE IF EXISTS " + DATABASE + " WITH (FORCE)", "CREATE DATABASE " + DATABASE + " OWNER " + owner);
        try (Connection admin = RealRuntime.connect(onServer(runtime.adminUrl(Plane.TENANT))); Statement statement = admin.createStatement()) {
            statement.execute("GRANT CREATE ON SCHEMA public TO " + owner);
        }
        Files.writeString(file, "acme.url=" + onServer(runtime.databaseUrl(Plane.TENANT)) + "\nacme.migration-url="
                + onServer(runtime.migrationUrl(Plane.TENANT)) + "\n");
        return file;
    }

    private static String onServer(String url) {
        return url.substring(0, url.lastIndexOf('/') + 1) + DATABASE;
    }
}
