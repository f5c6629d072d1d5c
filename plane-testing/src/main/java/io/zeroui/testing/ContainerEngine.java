package io.zeroui.testing;

import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.RedisAcl;
import redis.clients.jedis.Jedis;

/**
 * The runtime in containers. A container that is stopped and started again keeps its data but may get another port, so
 * tests of that kind prefer {@link ScriptEngine}. Images: {@code ZEROUI_TEST_POSTGRES_IMAGE}, {@code ZEROUI_TEST_REDIS_IMAGE}.
 */
final class ContainerEngine implements RuntimeEngine {

    private static final String PASSWORD = "test";
    private static final int POSTGRES_PORT = 5432;
    private static final int REDIS_PORT = 6379;

    private final Map<RuntimePart, GenericContainer<?>> containers = new EnumMap<>(RuntimePart.class);

    @Override
    public void start(Collection<RuntimePart> parts) {
        for (RuntimePart part : parts) {
            GenericContainer<?> container = containers.get(part);
            if (container == null) {
                container = part == RuntimePart.REDIS ? redis() : postgres();
                container.start();
                containers.put(part, container);
                if (part != RuntimePart.REDIS) {
                    createLogins(Plane.valueOf(part.name()), container);
                }
            } else if (!container.isRunning()) {
                DockerClientFactory.instance().client().startContainerCmd(container.getContainerId()).exec();
            }
            if (part == RuntimePart.REDIS) {
                createRedisLogins(redisUrl("", container(part)));
            }
        }
    }

    @Override
    public void stop(RuntimePart part) {
        DockerClientFactory.instance().client().stopContainerCmd(container(part).getContainerId()).exec();
    }

    @Override
    public void kill(RuntimePart part) {
        DockerClientFactory.instance().client().killContainerCmd(container(part).getContainerId()).exec();
    }

    @Override
    public Map<String, String> environment() {
        Map<String, String> variables = new TreeMap<>();
        containers.forEach((part, container) -> {
            if (part == RuntimePart.REDIS) {
                variables.put("REDIS_URL", redisUrl("", container));
                for (Plane plane : Plane.values()) {
                    String login = RedisAcl.of(plane).user() + ":" + PASSWORD + "@";
                    variables.put(plane.redisUrlVariable(), redisUrl(login, container));
                }
                return;
            }
            String prefix = "ZEROUI_" + part.name() + "_DB_";
            String database = "zeroui_" + part.key() + "_pg";
            variables.put(prefix + "URL", url(container, "zeroui_" + part.key() + "_user", database));
            variables.put(prefix + "MIGRATION_URL", url(container, "zeroui_" + part.key() + "_owner", database));
            variables.put(prefix + "ANALYTICS_URL", url(container, "zeroui_" + part.key() + "_analytics_ro", database));
            variables.put(prefix + "ADMIN_URL", url(container, "zeroui_admin", database));
        });
        return variables;
    }

    private GenericContainer<?> container(RuntimePart part) {
        GenericContainer<?> container = containers.get(part);
        if (container == null) {
            throw new IllegalStateException(part + " was never started");
        }
        return container;
    }

    private static GenericContainer<?> redis() {
        return new GenericContainer<>(image("ZEROUI_TEST_REDIS_IMAGE", "redis:8"))
                .withExposedPorts(REDIS_PORT)
                .withCommand("redis-server", "--appendonly", "yes");
    }

    private static GenericContainer<?> postgres() {
        return new GenericContainer<>(image("ZEROUI_TEST_POSTGRES_IMAGE", "pgvector/pgvector:pg17"))
                .withExposedPorts(POSTGRES_PORT)
                .withEnv("POSTGRES_USER", "zeroui_admin")
                .withEnv("POSTGRES_PASSWORD", PASSWORD)
                .withEnv("POSTGRES_DB", "postgres")
                .waitingFor(Wait.forLogMessage(".*ready to accept connections.*", 2)
                        .withStartupTimeout(Duration.ofMinutes(2)));
    }

    private static void createLogins(Plane plane, GenericContainer<?> container) {
        String key = plane.key();
        run(url(container, "zeroui_admin", "postgres"), "CREATE ROLE zeroui_" + key + "_owner LOGIN PASSWORD 'test'",
                "CREATE ROLE zeroui_" + key + "_user LOGIN PASSWORD 'test'",
                "CREATE ROLE zeroui_" + key + "_analytics_ro LOGIN PASSWORD 'test'",
                "CREATE DATABASE zeroui_" + key + "_pg OWNER zeroui_" + key + "_owner");
        String schema = plane == Plane.IDE ? "core" : "app";
        run(url(container, "zeroui_admin", "zeroui_" + key + "_pg"),
                "CREATE EXTENSION IF NOT EXISTS pgcrypto", "CREATE EXTENSION IF NOT EXISTS pg_trgm",
                plane == Plane.PRODUCT ? "CREATE EXTENSION IF NOT EXISTS vector" : "SELECT 1",
                "CREATE SCHEMA " + schema + " AUTHORIZATION zeroui_" + key + "_owner",
                "GRANT USAGE ON SCHEMA " + schema + " TO zeroui_" + key + "_user");
    }

    private static void run(String url, String... statements) {
        try (Connection connection = RealRuntime.connect(url); Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("cannot prepare the database container", e);
        }
    }

    /** Redis in a container has no ACL file: its logins are made at every start. */
    private static void createRedisLogins(String url) {
        try (Jedis redis = new Jedis(URI.create(url))) {
            for (Plane plane : Plane.values()) {
                RedisAcl acl = RedisAcl.of(plane);
                String ok = redis.aclSetUser(acl.user(), Stream.concat(Stream.of("reset", "on", ">" + PASSWORD),
                        acl.rules().stream()).toArray(String[]::new));
                if (!"OK".equals(ok)) {
                    throw new IllegalStateException("cannot make the login " + acl.user() + ": " + ok);
                }
            }
        }
    }

    private static String redisUrl(String login, GenericContainer<?> container) {
        return "redis://" + login + container.getHost() + ":" + container.getMappedPort(REDIS_PORT);
    }

    private static DockerImageName image(String variable, String usual) {
        String chosen = System.getenv(variable);
        return DockerImageName.parse(chosen == null ? usual : chosen);
    }

    private static String url(GenericContainer<?> container, String login, String database) {
        return "postgresql://" + login + ":" + PASSWORD + "@" + container.getHost() + ":"
                + container.getMappedPort(POSTGRES_PORT) + "/" + database;
    }
}
