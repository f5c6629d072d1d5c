package io.zeroui.tenant.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.tenant.evidence.export.ExportSteps;
import io.zeroui.tenant.evidence.export.http.OwnLinks;
import io.zeroui.testing.PlaneResource;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The link to an export's file: good without a credential, for this file and until its end, and for nothing else. */
@QuarkusTest
@Timeout(180)
@TestProfile(ExportProfile.class)
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "tenant"))
class ExportLinkIT {

    private final ExportClient client = new ExportClient();
    private String id = "";
    private String url = "";
    private String sha256 = "";
    private byte[] file = new byte[0];

    @BeforeEach
    void export() {
        client.send(5);
        JsonPath done = client.export(Map.of());
        id = done.getString("export_id");
        url = done.getString("url");
        sha256 = done.getString("sha256").replace("sha256:", "");
        file = client.file(id);
        assertThat(Instant.parse(done.getString("url_expires_at"))).isBefore(Instant.parse(done.getString("expires_at")))
                .isAfter(Instant.now());
    }

    @Test
    void itGivesTheFileWholeOrInPartWithoutACredential() {
        HttpResponse<byte[]> whole = client.bare(url);
        assertThat(whole.statusCode()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(file);
        assertThat(whole.headers().map()).containsEntry("etag", List.of("\"" + sha256 + "\""))
                .containsEntry("content-length", List.of(Integer.toString(file.length)))
                .containsEntry("content-type", List.of("application/x-ndjson")).containsEntry("accept-ranges", List.of("bytes"))
                .containsEntry("content-disposition", List.of("attachment; filename=\"evidence-" + client.tenant + "-" + id + ".jsonl\""));

        HttpResponse<byte[]> part = client.bare(url, "Range", "bytes=100-199");
        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(Arrays.copyOfRange(file, 100, 200));
        assertThat(part.headers().firstValue("content-range")).contains("bytes 100-199/" + file.length);
        assertThat(client.bare(url, "Range", "bytes=100-", "If-Range", "\"" + sha256 + "\"").statusCode()).isEqualTo(206);
        assertThat(client.bare(url, "Range", "bytes=100-", "If-Range", "\"other\"").body()).isEqualTo(file);
        assertThat(client.bare(url, "Range", "bytes=" + file.length + "-").statusCode()).isEqualTo(416);
        assertThat(client.bare(url, "Authorization", "Bearer nonsense").statusCode()).as("no credential counts").isEqualTo(200);
    }

    @Test
    void oneThatIsAlteredInAnyPartIsRefusedInTheSameWords() {
        ExportClient other = new ExportClient();
        other.send(1);
        String theirs = other.export(Map.of()).getString("export_id");
        String longer = url.replaceAll("expires=(\\d+)", "expires=9$1");
        List<String> altered = List.of(longer, url.replace(client.tenant.value(), other.tenant.value()), url.replace(id, theirs),
                url.replace(id, UUID.randomUUID().toString()), url.replace(sha256, "0".repeat(64)), url.replaceAll("&signature=.*", ""),
                url.replaceAll("signature=.", "signature="), url + "A", url + "&expires=9999999999", url.replaceAll("expires=\\d+&", ""),
                url.replaceAll("sha256=[0-9a-f]+&", ""), url.replace("sha256=", "sha256=sha256:"),
                url.replace(client.tenant.value(), "..%2f" + client.tenant.value()), url.replace(id, id + "%00"));
        for (String link : altered) {
            HttpResponse<byte[]> answer = client.bare(link);
            assertThat(answer.statusCode()).as(link).isEqualTo(403);
            assertThat(JsonPath.from(text(answer)).getString("error.code")).isEqualTo("FORBIDDEN");
            assertThat(JsonPath.from(text(answer)).getString("detail")).isEqualTo("this is not a link to an export");
        }
        assertThat(client.bare(ExportClient.PATH + "/" + id + "/file" + url.substring(url.indexOf('?'))).statusCode())
                .as("the way with a credential wants one").isEqualTo(401);
        assertThat(client.bare("/v1/evidence/export-links/" + client.tenant).statusCode()).isEqualTo(404);
    }

    @Test
    void oneThatHasEndedIsGone() {
        long now = Instant.now().getEpochSecond();
        assertThat(client.bare(OwnLinks.link(client.tenant, id, sha256, now + 60)).body()).isEqualTo(file);
        HttpResponse<byte[]> late = client.bare(OwnLinks.link(client.tenant, id, sha256, now - 1));
        assertThat(late.statusCode()).isEqualTo(410);
        assertThat(JsonPath.from(text(late)).getString("error.details.reason")).isEqualTo("expired");
        HttpResponse<byte[]> otherFile = client.bare(OwnLinks.link(client.tenant, id, "0".repeat(64), now + 60));
        assertThat(otherFile.statusCode()).isEqualTo(410);
        client.ask().delete(ExportClient.PATH + "/" + id).then().statusCode(204);
        assertThat(client.bare(url).statusCode()).isEqualTo(404);
    }

    @Test
    void aFileThatIsOldIsRemovedAndOneThatIsGoneOrAnotherIsNotServed() throws IOException {
        Path data = client.folder(id).resolve("data.jsonl");
        Path state = client.folder(id).resolve("export.json");
        byte[] bytes = Files.readAllBytes(data);
        Files.delete(data);
        Files.createSymbolicLink(data, Files.write(client.folder(id).resolveSibling("stolen"), bytes));
        assertThat(client.bare(url).statusCode()).as("a symbolic link").isEqualTo(410);
        Files.delete(client.folder(id).resolveSibling("stolen"));
        Files.delete(data);
        assertThat(client.bare(url).statusCode()).isEqualTo(410);
        Files.write(data, bytes);
        assertThat(client.bare(url).statusCode()).isEqualTo(200);

        Files.writeString(state, Files.readString(state).replaceAll("\"expires_at\":\"[^\"]+\"", "\"expires_at\":\"2026-01-01T00:00:00Z\""));
        ExportSteps.startAgain();
        await().atMost(ExportClient.PATIENCE).until(() -> client.ask().get(ExportClient.PATH + "/" + id).statusCode() == 200);
        JsonPath expired = client.whenIs("expired", id);
        assertThat(expired.getString("reason")).isEqualTo("age");
        assertThat(expired.getString("sha256")).isNull();
        assertThat(client.files(id)).containsExactly("export.json");
        assertThat(client.bare(url).statusCode()).isEqualTo(410);
    }

    @Test
    void aDeletedTenantGetsNothing() {
        RegistryPlane.set(client.tenant, RegistryState.DELETED);
        await().atMost(ExportClient.PATIENCE).until(() -> client.begun(Map.of()).statusCode() == 403);
        assertThat(client.bare(url).statusCode()).isEqualTo(403);
        client.ask().get(ExportClient.PATH + "/" + id).then().statusCode(403);
        await().atMost(ExportClient.PATIENCE).untilAsserted(() -> assertThat(client.files(id)).containsExactly("export.json"));
    }

    private static String text(HttpResponse<byte[]> answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }
}
