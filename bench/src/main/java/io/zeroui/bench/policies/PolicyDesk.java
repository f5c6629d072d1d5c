package io.zeroui.bench.policies;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.zeroui.testing.TestCredentials;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** The product plane's HTTP API, as an author, an approver and an operator call it. Blocking. */
final class PolicyDesk {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String url;
    private final String tenant;
    private final String approver;

    PolicyDesk(String url, String tenant) throws IOException {
        this.url = url;
        this.tenant = tenant;
        this.approver = "Bearer " + post("/v1/credentials", TestCredentials.authorization(), "{\"name\":\"bench\",\"tenant_id\":\"" + tenant
                + "\",\"permissions\":[\"policy:approve\"]}").path("key").asText();
    }

    /** Brings a version to its approval. */
    void approved(String policy, String version, String content) throws IOException {
        JsonNode drafted = post("/v1/policies", TestCredentials.authorization(), "{\"policy_id\":\"" + policy + "\",\"version\":\"" + version
                + "\",\"type\":\"gate-rules\",\"scope\":\"org\",\"enforcement\":\"hard_block\",\"content\":" + content + "}");
        JsonNode submitted = act(policy, version, "submission", TestCredentials.authorization(), "{}");
        JsonNode approved = act(policy, version, "approval", approver, "{}");
        if (drafted.isEmpty() || submitted.isEmpty() || approved.isEmpty()) {
            throw new IOException("the desk answered nothing");
        }
    }

    /** Releases a version to all edges, or does something else to it. */
    JsonNode act(String policy, String version, String act, String body) throws IOException {
        return act(policy, version, act, TestCredentials.authorization(), body);
    }

    private JsonNode act(String policy, String version, String act, String credential, String body) throws IOException {
        return post("/v1/policies/" + policy + "/versions/" + version + "/" + act, credential, body);
    }

    /** Asks for something that must succeed. */
    JsonNode post(String path, String credential, String body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofMinutes(1)).header("Authorization", credential)
                .header("X-Tenant-Id", tenant).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body)).build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IOException(path + " answered " + answer.statusCode() + ": " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
