package io.zeroui.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.contracts.Plane;
import io.zeroui.testing.Checkout;
import io.zeroui.testing.TestCredentials;
import io.zeroui.testing.planes.RunningPlanes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the command line as operators do. */
final class Operators {

    private static final Duration LOGGED = Duration.ofSeconds(60);

    private final RunningPlanes planes;

    Operators(RunningPlanes planes) {
        this.planes = planes;
    }

    /** What a command prints that must succeed. */
    String run(String... arguments) throws IOException, InterruptedException {
        return command(true, arguments);
    }

    /** What a command prints that must fail. */
    String fails(String... arguments) throws IOException, InterruptedException {
        return command(false, arguments);
    }

    /** Waits until every journal line is in its log, then has all ledgers checked from their files: nothing is wrong. */
    void verifyAllLedgers() throws IOException, InterruptedException {
        await().atMost(LOGGED).untilAsserted(() -> {
            JsonNode ledger = Http.get(planes.url(Plane.TENANT, "/v1/status")).json();
            assertThat(ledger.path("log_lag").asLong(-1)).isZero();
            assertThat(ledger.path("logs_broken").asLong(-1)).isZero();
        });
        assertThat(run("verify")).contains("good").doesNotContain("wrong", "signatures were not checked");
    }

    /** Starts a command that goes on until it is ended; it prints into a file. */
    Process start(Path output, String... arguments) throws IOException {
        return builder(arguments).redirectOutput(output.toFile()).start();
    }

    private ProcessBuilder builder(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar", Checkout.root().resolve("cli/target/zeroui-cli.jar").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("ZEROUI_PRODUCT_URL", planes.url(Plane.PRODUCT, ""));
        builder.environment().put("ZEROUI_TENANT_URL", planes.url(Plane.TENANT, ""));
        builder.environment().put("ZEROUI_ADMIN_KEY", TestCredentials.administrator().reveal());
        builder.environment().put("ZU_ROOT", planes.zuRoot().toString());
        builder.environment().put(TestCredentials.LOG_KEY_VARIABLE, TestCredentials.logKey());
        builder.environment().put("REDIS_URL", planes.runtime().redisUrl());
        return builder;
    }

    private String command(boolean succeeds, String... arguments) throws IOException, InterruptedException {
        Process process = builder(arguments).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue() == 0).as(printed).isEqualTo(succeeds);
        return printed;
    }
}
