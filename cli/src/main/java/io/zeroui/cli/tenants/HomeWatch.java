package io.zeroui.cli.tenants;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.cli.CliFailure;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.cli.system.ServiceClient;
import io.zeroui.cli.system.ServiceClient.Answer;
import io.zeroui.contracts.Plane;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Follows a tenant's move in the tenant plane. */
final class HomeWatch {

    private static final long POLL_NANOS = Duration.ofMillis(300).toNanos();

    private final ServiceClient client;
    private final Consumer<String> out;

    HomeWatch(RunningSystem system, Consumer<String> out) {
        this.client = new ServiceClient(system);
        this.out = out;
    }

    /**
     * Waits until the tenant lives where it was wished.
     *
     * @param wished the tenant as the registry has it
     * @throws CliFailure when that fails or takes too long
     */
    JsonNode await(JsonNode wished, Duration most) {
        String tenant = wished.path("tenant_id").asText();
        long end = System.nanoTime() + most.toNanos();
        long told = 0;
        while (System.nanoTime() < end) {
            Answer answer = client.get(Plane.TENANT, "/v1/homes/" + tenant);
            JsonNode home = answer.body();
            boolean isHeard = answer.isSuccess() && home.path("wished_tier").asText().equals(wished.path("tier").asText());
            if (isHeard && home.path("state").asText().equals("settled")) {
                return home;
            }
            if (isHeard && home.path("state").asText().equals("failed")) {
                throw new CliFailure("the tenant stays where it is: " + home.path("detail").asText(),
                        "it is tried again every few seconds; mend the cause, then look with: ./zeroui tenants promote, once more");
            }
            long copied = home.path("copied_rows").asLong();
            if (copied > told) {
                told = copied;
                out.accept("… " + copied + " rows are copied");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new CliFailure("the tenant plane has not moved it within " + most.toSeconds() + " s",
                "see ./zeroui logs tenant; the move goes on without this command");
    }
}
