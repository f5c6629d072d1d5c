package io.zeroui.cli.health;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.zeroui.cli.output.Json;
import io.zeroui.cli.output.Table;
import io.zeroui.cli.system.DatabaseProbe;
import io.zeroui.cli.system.RedisProbe;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.cli.system.ServiceClient;
import io.zeroui.cli.system.ServiceProbe;
import io.zeroui.contracts.Plane;

/**
 * Everything that runs, at one moment.
 *
 * @param services one answer per plane
 * @param databases one answer per plane
 * @param redis the answer of Redis
 * @param zuRoot the storage fabric; empty when nothing says where it is
 */
record SystemState(List<ServiceProbe.Answer> services, List<DatabaseProbe.Answer> databases, RedisProbe.Answer redis,
        Optional<Path> zuRoot) {

    /** Asks all of them at the same time. */
    static SystemState ask(RunningSystem system) {
        ServiceClient client = new ServiceClient(system);
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "ask");
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletableFuture<RedisProbe.Answer> redis = CompletableFuture.supplyAsync(() -> RedisProbe.ask(system), threads);
            List<CompletableFuture<DatabaseProbe.Answer>> databases = Stream.of(Plane.values()).map(plane -> CompletableFuture
                    .supplyAsync(() -> DatabaseProbe.ask(system, plane), threads)).toList();
            List<CompletableFuture<ServiceProbe.Answer>> services = Stream.of(Plane.values()).map(plane -> CompletableFuture
                    .supplyAsync(() -> ServiceProbe.ask(system, client, plane), threads)).toList();
            return new SystemState(services.stream().map(CompletableFuture::join).toList(),
                    databases.stream().map(CompletableFuture::join).toList(), redis.join(), system.zuRootFolder());
        } finally {
            threads.shutdown();
        }
    }

    /** Whether all of it is up. */
    boolean isUp() {
        return redis.isUp() && services.stream().allMatch(ServiceProbe.Answer::isUp)
                && databases.stream().allMatch(DatabaseProbe.Answer::isUp);
    }

    /** Whether nothing of it answers. */
    boolean isSilent() {
        return !redis.isUp() && services.stream().allMatch(answer -> answer.state().equals("down"))
                && databases.stream().noneMatch(DatabaseProbe.Answer::isUp);
    }

    /** For people. */
    String table() {
        Table table = Table.of("WHAT", "WHERE", "STATE", "");
        for (ServiceProbe.Answer service : services) {
            table.row(service.name(), service.url().toString(), service.state(), service.cause());
        }
        for (DatabaseProbe.Answer database : databases) {
            table.row(name(database), where(database), database.state(), details(database));
        }
        table.row("redis", redis.endpoint().isEmpty() ? "-" : redis.endpoint(), redis.state(),
                redis.isUp() ? "Redis " + redis.version() : redis.cause());
        table.row("ZU_ROOT", zuRoot.map(Path::toString).orElse("-"), zuRoot.isPresent() ? "set" : "not set", "");
        return table.render();
    }

    /** For programs. */
    ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("up", isUp());
        ArrayNode servicesJson = json.putArray("services");
        for (ServiceProbe.Answer service : services) {
            servicesJson.addObject().put("name", service.name()).put("plane", service.plane().key())
                    .put("url", service.url().toString()).put("state", service.state()).put("cause", service.cause());
        }
        ArrayNode databasesJson = json.putArray("databases");
        for (DatabaseProbe.Answer database : databases) {
            ObjectNode row = databasesJson.addObject().put("name", name(database)).put("plane", database.plane().key());
            database.address().ifPresent(address -> row.put("host", address.host()).put("port", address.port()));
            row.put("state", database.state()).put("version", database.version()).put("schema_version", database.schema())
                    .put("vector", database.vector()).put("cause", database.cause());
        }
        json.putObject("redis").put("address", redis.endpoint()).put("state", redis.state())
                .put("version", redis.version()).put("cause", redis.cause());
        zuRoot.ifPresentOrElse(path -> json.put("zu_root", path.toString()), () -> json.putNull("zu_root"));
        return json;
    }

    private static String name(DatabaseProbe.Answer database) {
        return database.address().map(address -> address.database()).orElse("zeroui_" + database.plane().key() + "_pg");
    }

    private static String where(DatabaseProbe.Answer database) {
        return database.address().map(address -> address.endpoint()).orElse("-");
    }

    private static String details(DatabaseProbe.Answer database) {
        if (!database.isUp()) {
            return database.cause();
        }
        return "PostgreSQL " + database.version()
                + (database.schema().isEmpty() ? ", no schema yet" : ", schema " + database.schema())
                + (database.vector().isEmpty() ? "" : ", pgvector " + database.vector());
    }
}
