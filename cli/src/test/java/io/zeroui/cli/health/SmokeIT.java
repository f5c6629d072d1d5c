package io.zeroui.cli.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;

import io.zeroui.cli.rebuild.EmptiedDatabase;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.contracts.Plane;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.RuntimePart;
import redis.clients.jedis.Jedis;

class SmokeIT {

    private static RealRuntime runtime;

    @BeforeAll
    static void start() {
        runtime = RealRuntime.with(RuntimePart.values());
    }

    private static RunningSystem system() {
        Map<String, String> variables = new TreeMap<>(runtime.environment());
        variables.put("ZU_ROOT", runtime.zuRoot().toString());
        return RunningSystem.of(variables);
    }

    private static SmokeCheck check(String what) {
        return Smoke.run(system()).stream().filter(check -> check.what().startsWith(what)).findFirst().orElseThrow();
    }

    @Test
    void databasesWithASchemaAndRedisAreWellAndServicesThatDoNotRunAreNot() throws Exception {
        for (Plane plane : Plane.values()) {
            EmptiedDatabase.migrateALittle(runtime, plane);
        }
        List<SmokeCheck> checks = Smoke.run(system());
        assertThat(checks).filteredOn(check -> !check.isGood()).allMatch(check -> check.what().contains("plane-service"))
                .hasSize(4).allMatch(check -> check.line().contains("./zeroui up"));
        assertThat(checks).filteredOn(SmokeCheck::isGood).extracting(SmokeCheck::what)
                .anyMatch(what -> what.startsWith("product database has the vector extension 0."))
                .anyMatch(what -> what.startsWith("ide database has schema version 202600000001"))
                .anyMatch(what -> what.contains("zeroui:events"));
    }

    @Test
    void theSmokeTestLeavesNothingInTheStreamThatOthersUse() {
        try (Jedis redis = runtime.redis()) {
            long before = redis.xlen("zeroui:events");
            assertThat(check("redis stream").isGood()).isTrue();
            assertThat(redis.xlen("zeroui:events")).isEqualTo(before);
        }
    }

    @Test
    void aDatabaseThatIsDownIsNamedWithTheCauseAndTheOthersAreStillChecked() {
        runtime.stop(RuntimePart.SHARED);
        try {
            assertThat(check("shared database answers").cause()).contains("refused");
            assertThat(check("ide database answers").isGood()).isTrue();
        } finally {
            runtime.start(RuntimePart.SHARED);
        }
    }

    @Test
    void theStateForProgramsNamesServicesDatabasesRedisAndTheFabric() {
        JsonNode json = SystemState.ask(system()).json();
        assertThat(json.path("up").booleanValue()).isFalse();
        assertThat(json.path("services")).hasSize(4)
                .allSatisfy(service -> assertThat(service.path("url").asText()).startsWith("http://"));
        assertThat(json.path("databases")).hasSize(4)
                .allSatisfy(database -> assertThat(database.path("port").asInt()).isPositive());
        assertThat(json.path("redis").path("state").asText()).isEqualTo("up");
        assertThat(json.path("zu_root").asText()).isEqualTo(runtime.zuRoot().toString());
        assertThat(json.toString()).doesNotContain(runtime.redisUrl().replaceAll(".*:(.*)@.*", "$1"));
    }
}
