package io.zeroui.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import io.zeroui.contracts.Plane;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

class RealRuntimeIT {

    private static RealRuntime runtime;

    @BeforeAll
    static void start() {
        runtime = RealRuntime.with(RuntimePart.PRODUCT, RuntimePart.REDIS);
    }

    @Test
    void theProductDatabaseHasVectorsAndTheServingLoginMayNotCreateTables() throws SQLException {
        assertThat(ask(runtime.databaseUrl(Plane.PRODUCT), "SELECT '[1,2]'::vector(2)::text")).isEqualTo("[1,2]");
        assertThatThrownBy(() -> ask(runtime.databaseUrl(Plane.PRODUCT), "CREATE TABLE app.t (a int) RETURNING 1"))
                .isInstanceOf(SQLException.class);
    }

    @Test
    void redisAnswers() {
        try (Jedis redis = runtime.redis()) {
            assertThat(redis.ping()).isEqualTo("PONG");
        }
    }

    @Test
    void aKilledPartComesBackWithItsDataAndItsPort() throws SQLException {
        String url = runtime.migrationUrl(Plane.PRODUCT);
        execute(url, "CREATE TABLE app.kept (a int); INSERT INTO app.kept VALUES (7)");
        runtime.kill(RuntimePart.PRODUCT);
        assertThatThrownBy(() -> ask(url, "SELECT 1")).isInstanceOf(SQLException.class);
        runtime.start(RuntimePart.PRODUCT);
        assertThat(ask(url, "SELECT a FROM app.kept")).isEqualTo("7");
        runtime.resetDatabase(Plane.PRODUCT);
        assertThat(ask(url, "SELECT to_regclass('app.kept') IS NULL")).isEqualTo("t");
    }

    @Test
    void aStoppedRedisKeepsItsStreamsAndAFlushedOneDoesNot() {
        try (Jedis redis = runtime.redis()) {
            redis.set("kept", "1");
        }
        runtime.stop(RuntimePart.REDIS);
        assertThatThrownBy(() -> runtime.redis().ping()).isInstanceOf(JedisException.class);
        runtime.start(RuntimePart.REDIS);
        try (Jedis redis = runtime.redis()) {
            assertThat(redis.get("kept")).isEqualTo("1");
            runtime.flushRedis();
            assertThat(redis.get("kept")).isNull();
        }
    }

    @Test
    void theSecretsAreReadableByTheirOwnerOnly() throws Exception {
        Path state = runtime.stateFolder().orElseThrow();
        assertThat(Files.getPosixFilePermissions(state.resolve("runtime.env"))).hasSize(2);
    }

    private static void execute(String url, String sql) throws SQLException {
        try (Connection connection = RealRuntime.connect(url); Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String ask(String url, String sql) throws SQLException {
        try (Connection connection = RealRuntime.connect(url);
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
