package io.zeroui.cli.system;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import io.zeroui.cli.CliFailure;
import io.zeroui.contracts.Plane;

/** Asks a plane's service whether it is ready. */
public final class ServiceProbe {

    private ServiceProbe() {
    }

    /**
     * What a service answered.
     *
     * @param plane whose it is
     * @param url where it is
     * @param state {@code up}, {@code degraded} (answers, but is not ready) or {@code down}
     * @param cause why it is not up; empty when it is
     */
    public record Answer(Plane plane, URI url, String state, String cause) {

        /** Whether it is ready. */
        public boolean isUp() {
            return state.equals("up");
        }

        /** Name of the service. */
        public String name() {
            return plane.key() + "-plane-service";
        }
    }

    /** Never fails: a service that does not answer is an answer too. */
    public static Answer ask(RunningSystem system, ServiceClient client, Plane plane) {
        URI url = system.serviceUrl(plane);
        try {
            ServiceClient.Answer answer = client.get(plane, "/q/health/ready");
            if (answer.status() == 200) {
                return new Answer(plane, url, "up", "");
            }
            return new Answer(plane, url, "degraded", failingChecks(answer));
        } catch (CliFailure e) {
            return new Answer(plane, url, "down", "it does not answer");
        }
    }

    private static String failingChecks(ServiceClient.Answer answer) {
        List<String> failing = new ArrayList<>();
        for (JsonNode check : answer.body().path("checks")) {
            if (!check.path("status").asText().equals("UP")) {
                JsonNode data = check.path("data");
                failing.add(check.path("name").asText() + (data.isEmpty() ? "" : " " + data));
            }
        }
        return failing.isEmpty() ? "readiness answers HTTP " + answer.status() : "not ready: " + String.join(", ", failing);
    }
}
