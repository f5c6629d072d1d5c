package io.zeroui.cli.health;

import java.util.ArrayList;
import java.util.List;

import io.zeroui.cli.system.DatabaseProbe;
import io.zeroui.cli.system.RedisProbe;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.cli.system.ServiceProbe;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.ChannelCatalogue;

/** What the seed's smoke test checks, and every service's readiness. */
final class Smoke {

    private static final String START = "start it with ./zeroui up";

    private Smoke() {
    }

    static List<SmokeCheck> run(RunningSystem system) {
        SystemState state = SystemState.ask(system);
        List<SmokeCheck> checks = new ArrayList<>();
        for (DatabaseProbe.Answer database : state.databases()) {
            databaseChecks(database, checks);
        }
        RedisProbe.Answer redis = state.redis();
        checks.add(new SmokeCheck("redis answers PING" + (redis.isUp() ? " (" + redis.version() + ")" : ""), redis.cause(),
                START + ", or set REDIS_URL"));
        checks.add(new SmokeCheck("redis stream " + ChannelCatalogue.SMOKE_STREAM_KEY + " takes and gives an entry",
                redis.isUp() ? RedisProbe.tryEvents(system) : "redis does not answer",
                redis.isUp() ? "see ./zeroui logs redis" : START));
        for (ServiceProbe.Answer service : state.services()) {
            checks.add(new SmokeCheck(service.name() + " is ready at " + service.url(), service.cause(),
                    service.state().equals("down") ? START : "see ./zeroui logs " + service.plane().key()));
        }
        return checks;
    }

    private static void databaseChecks(DatabaseProbe.Answer database, List<SmokeCheck> checks) {
        Plane plane = database.plane();
        String name = plane.key() + " database";
        checks.add(new SmokeCheck(name + " answers" + (database.isUp() ? " (PostgreSQL " + database.version() + ")" : ""),
                database.cause(), START + ", or set " + plane.databaseUrlVariable()));
        if (!database.isUp()) {
            return;
        }
        boolean migrated = !database.schema().isEmpty();
        checks.add(new SmokeCheck(name + (migrated ? " has schema version " + database.schema() : " has a schema"),
                migrated ? "" : "nobody migrated it yet",
                "start the service; it migrates when " + plane.migrationUrlVariable() + " is set"));
        if (plane == Plane.PRODUCT) {
            boolean vector = !database.vector().isEmpty();
            checks.add(new SmokeCheck("product database has the vector extension" + (vector ? " " + database.vector() : ""),
                    vector ? "" : "pg_extension does not list vector",
                    "as its superuser: CREATE EXTENSION vector (package postgresql-17-pgvector)"));
        }
    }
}
