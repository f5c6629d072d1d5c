package io.zeroui.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.access.ApiKey;
import io.zeroui.contracts.access.KeyScope;
import io.zeroui.testing.Endpoints;
import io.zeroui.testing.Endpoints.Answer;
import io.zeroui.testing.RealRuntime;
import io.zeroui.testing.TestCredentials;
import io.zeroui.testing.planes.RunningPlanes;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Credentials of every kind where they belong and where they do not, and what came back. */
final class CredentialMisuse {

    private static final Duration KNOWN = Duration.ofSeconds(30);

    private final RunningPlanes planes;
    private final WebTokens issuer;
    private final Map<String, String> secrets = new TreeMap<>();
    private final Map<String, String> answers = new TreeMap<>();
    private final Map<Plane, ApiKey> good = new HashMap<>();

    CredentialMisuse(RunningPlanes planes, WebTokens issuer) {
        this.planes = planes;
        this.issuer = issuer;
    }

    /** What must be nowhere, by name: secret parts of keys and tokens, passwords. */
    Map<String, String> secrets() {
        return secrets;
    }

    /** Every answer but those that make a key, by what was asked. */
    Map<String, String> answers() {
        return answers;
    }

    /** What is stored of the good key of a plane. */
    String hashOfAKey(Plane plane) {
        return Objects.requireNonNull(good.get(plane)).hash().toString();
    }

    void tryEverything() {
        passwords();
        secret("admin key", TestCredentials.administrator());
        for (Plane plane : Plane.values()) {
            good.put(plane, make(plane, "good"));
        }
        for (Plane plane : Plane.values()) {
            credentials(plane).forEach((name, credential) -> everywhere(plane, name, credential));
        }
    }

    /** The credentials that are tried in one plane, by name. */
    private Map<String, String> credentials(Plane plane) {
        Map<String, String> credentials = new LinkedHashMap<>();
        good.forEach((of, key) -> credentials.put("good key of " + of.key(), key.reveal()));
        ApiKey revoked = make(plane, "revoked");
        Answer gone = ask(plane, "DELETE", "/v1/credentials/" + revoked.keyId(), null, admin());
        assertThat(gone.status()).isEqualTo(204);
        credentials.put("revoked key of " + plane.key(), revoked.reveal());
        ApiKey unknown = ApiKey.generate(KeyScope.of(plane));
        secret("unknown key of " + plane.key(), unknown);
        credentials.put("unknown key of " + plane.key(), unknown.reveal());
        credentials.put("key cut short", unknown.reveal().substring(0, unknown.reveal().length() - 3));
        String token = issuer.token("ada", "status:read");
        secrets.put("token signature in " + plane.key(), token.substring(token.lastIndexOf('.') + 1));
        credentials.put("token", token);
        String stranger = new WebTokens().token("ada", "status:read");
        secrets.put("stranger's signature in " + plane.key(), stranger.substring(stranger.lastIndexOf('.') + 1));
        credentials.put("token of another issuer", stranger);
        credentials.put("token without its claims", stranger.replaceFirst("\\.[^.]+\\.", ".."));
        credentials.put("admin key", TestCredentials.administrator().reveal());
        return credentials;
    }

    private void everywhere(Plane plane, String name, String credential) {
        List<Map<String, String>> headers = List.of(Map.of("Authorization", "Bearer " + credential),
                Map.of("Authorization", credential), Map.of("Authorization", "Token " + credential),
                Map.of("Authorization", "Bearer " + credential + " " + credential), Map.of("api-key", credential),
                Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(("user:" + credential)
                        .getBytes(StandardCharsets.UTF_8))),
                Map.of("Authorization", "Bearer " + credential, "api-key", "zu_" + credential), Map.of("Cookie", "key=" + credential),
                Map.of("Authorization", TestCredentials.authorization(), "X-Tenant-Id", credential),
                Map.of("Authorization", TestCredentials.authorization(), "X-Request-Id", credential),
                Map.of("Authorization", TestCredentials.authorization(), "Content-Type", credential.substring(0, 20) + "/" + credential));
        for (int i = 0; i < headers.size(); i++) {
            remember(name + ", headers " + i, ask(plane, "GET", "/v1/status", null, headers.get(i)));
            remember(name + ", headers to make " + i, ask(plane, "POST", "/v1/credentials", "{}", headers.get(i)));
        }
        for (String path : List.of("/v1/status?api_key=", "/v1/status?access_token=", "/v1/", "/v1/receipts/", "/v1/credentials/",
                "/v1/evidence/receipts/", "/v1/telemetry/planes/", "/v1/reports/receipts?tenant=")) {
            remember(name + ", nobody at " + path, ask(plane, "GET", path + credential, null, Map.of()));
            remember(name + ", admin at " + path, ask(plane, "GET", path + credential, null, admin()));
            remember(name + ", deleting at " + path, ask(plane, "DELETE", path + credential, null, admin()));
        }
        for (String body : List.of(credential, "\"" + credential + "\"", "{\"name\":" + credential + "}",
                "{\"permissions\":[\"" + credential + "\"],\"name\":\"n\"}", "{\"" + credential + "\":1}",
                "{\"name\":\"n\",\"tenant_id\":\"" + credential + "\",\"permissions\":[\"status:read\"]}",
                "{\"name\":\"n\",\"expires_in\":\"" + credential + "\",\"permissions\":[\"status:read\"]}",
                "{\"receipt_id\":\"" + credential + "\",\"decision\":{\"rationale\":\"" + credential + "\"}}")) {
            remember(name + ", posted to make", ask(plane, "POST", "/v1/credentials", body, admin()));
            remember(name + ", posted as receipt", ask(plane, "POST", "/v1/receipts", body, admin()));
        }
    }

    private void remember(String what, Answer answer) {
        String text = answer.status() + " " + answer.headers() + " " + answer.body();
        assertThat(answer.status()).as(what + text).isLessThan(500);
        answers.merge(what + ": " + answer.endpoint().split("[ ?]", 2)[0], text, (one, other) -> one + "\n" + other);
    }

    private Answer ask(Plane plane, String method, String path, @Nullable String body, Map<String, String> headers) {
        return new Endpoints(planes.service(plane).url()).ask(method, path, body, headers);
    }

    private ApiKey make(Plane plane, String name) {
        Answer made = ask(plane, "POST", "/v1/credentials", "{\"name\":\"" + name + "\",\"permissions\":[\"status:read\"]}", admin());
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        ApiKey key = ApiKey.parse(made.json().path("key").asText()).orElseThrow();
        secret(name + " key of " + plane.key(), key);
        await().atMost(KNOWN).until(() -> ask(plane, "GET", "/v1/status", null,
                Map.of("Authorization", "Bearer " + key.reveal())).status() == 200);
        return key;
    }

    private void secret(String name, ApiKey key) {
        secrets.put(name, key.reveal().split("_", -1)[3]);
    }

    private void passwords() {
        RealRuntime runtime = planes.runtime();
        for (Plane plane : Plane.values()) {
            Map.of("serving", runtime.databaseUrl(plane), "owner", runtime.migrationUrl(plane), "analytics",
                    runtime.analyticsUrl(plane), "superuser", runtime.adminUrl(plane), "redis", runtime.redisUrl(plane))
                    .forEach((login, url) -> secrets.put(login + " password of " + plane.key(),
                            URI.create(url).getRawUserInfo().split(":", 2)[1]));
        }
        secrets.put("operators' redis password", URI.create(runtime.redisUrl()).getRawUserInfo().split(":", 2)[1]);
    }

    private static Map<String, String> admin() {
        return Map.of("Authorization", TestCredentials.authorization());
    }
}
