package io.zeroui.shared.supplychain.sbom;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.shared.journal.Area;
import io.zeroui.shared.journal.ObjectStore;
import io.zeroui.testing.PlaneResource;
import io.zeroui.testing.TestCredentials;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "shared"))
class SbomsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    DatabaseSchema schema;
    @Inject
    ObjectStore objects;

    @BeforeEach
    void awaitSchema() {
        assertThat(schema.whenReady().await().atMost(PATIENCE)).isNotEmpty();
    }

    @Test
    void aDocumentComesBackByteForByteAndTwiceIsOne() throws IOException {
        byte[] document = Files.readAllBytes(SbomFiles.of("commons-lang3-3.19.0-cyclonedx.xml"));
        String digest = add(document, "").statusCode(oneOf(200, 201)).body("state", equalTo("done"))
                .body("sbom.format", equalTo("cyclonedx-xml")).body("sbom.spec_version", equalTo("1.6"))
                .body("sbom.project", equalTo("org.apache.commons/commons-lang3")).body("sbom.release", equalTo("3.19.0"))
                .header("Location", containsString(Hash.of(document).hex())).extract().path("sbom.digest");
        assertThat(digest).isEqualTo(Hash.of(document).hex());
        add(document, "?project=other").statusCode(200).body("is_new", equalTo(false)).body("sbom.project", equalTo("org.apache.commons/commons-lang3"));
        byte[] back = given().get("/v1/sboms/" + digest + "/document").then().statusCode(200).header("ETag", equalTo("\"" + digest + "\""))
                .header("Repr-Digest", notNullValue()).contentType(containsString("cyclonedx+xml")).extract().asByteArray();
        assertThat(back).isEqualTo(document);
        given().header("If-None-Match", "\"" + digest + "\"").get("/v1/sboms/" + digest + "/document").then().statusCode(304);
        given().get("/v1/sboms/sha256:" + digest).then().statusCode(200).body("bytes", equalTo(document.length));
        given().get("/v1/sboms/" + "0".repeat(64)).then().statusCode(404).body("error.details.reason", equalTo("NOT_FOUND"));
    }

    @Test
    void aDocumentThatWasChangedOnTheDiskIsNotGivenOut() throws IOException {
        byte[] document = unique("tampered");
        String digest = add(document, "").statusCode(201).extract().path("sbom.digest");
        Path file = objects.path(Area.SBOM, Hash.parse(digest));
        Files.delete(file);
        Files.write(file, new String(document, StandardCharsets.UTF_8).replace("tampered", "tempered").getBytes(StandardCharsets.UTF_8));
        given().get("/v1/sboms/" + digest + "/document").then().statusCode(409).body("error.details.reason", equalTo("DIGEST_MISMATCH"));
        Files.write(file, document);
    }

    @Test
    void aComponentIsFoundWhereverItIsWithTheWayToIt() throws IOException {
        addCompress();
        String purl = "pkg:maven/com.github.luben/zstd-jni";
        where("purl", purl).body("items.sbom.release", hasItems("1.23.0", "1.26.0", "1.27.1", "1.28.0"))
                .body("items.component.version", hasItems("1.5.4-2", "1.5.6-4", "1.5.7-4"))
                .body("items[0].path[0]", containsString("commons-compress")).body("items[0].path[1]", containsString("zstd-jni"))
                .body("items[0].depth", equalTo(1));
        where("purl", purl + "@1.5.6-4").body("items", hasSize(1)).body("items[0].sbom.release", equalTo("1.27.1"));
        where("purl", purl + "&from=1.5.5&before=1.5.7").body("items.component.version", contains("1.5.5-11", "1.5.6-4"));
        where("hash", "MD5:808e96f7bc2d4a3c5f68e95786f74cc9").body("items.sbom.release", contains("1.27.1"));
        where("licence", "BSD-2-Clause").body("items.component.name", hasItem("zstd-jni"));
        where("name", "ZSTD").body("items.sbom.release", hasItems("1.23.0", "1.28.0"));
        where("purl_prefix", "pkg:maven/com.github.lu").body("items.component.name", hasItem("zstd-jni"));
        where("name", "zstd&count=true").body("count", equalTo(4)).body("count_is_lower_bound", equalTo(false));
        where("purl", "pkg:maven/com.github.luben/zstd-jni@9").body("items", hasSize(0));
        given().get("/v1/components?name=zstd-jni").then().statusCode(200).body("items", hasSize(4)).body("items.id", notNullValue());
    }

    @Test
    void pagesFollowOneAnotherWithoutGapsAndDoubles() throws IOException {
        addCompress();
        for (String question : List.of("name=c", "licence=Apache-2.0", "purl_prefix=pkg:maven/", "purl=pkg:maven/org.apache.commons/commons-compress")) {
            List<String> whole = given().get("/v1/components/where?limit=500&" + question).then().statusCode(200).extract().path("items.collect { it.component.id + it.sbom.digest + it.ref }");
            List<String> paged = new ArrayList<>();
            String cursor = "";
            do {
                ValidatableResponse page = given().get("/v1/components/where?limit=2&" + question + (cursor.isEmpty() ? "" : "&cursor=" + cursor)).then().statusCode(200);
                paged.addAll(page.extract().path("items.collect { it.component.id + it.sbom.digest + it.ref }"));
                cursor = page.extract().path("next_cursor") == null ? "" : page.extract().path("next_cursor");
            } while (!cursor.isEmpty());
            assertThat(paged).as(question).isEqualTo(whole).doesNotHaveDuplicates().hasSizeGreaterThan(2);
        }
    }

    @Test
    void whatChangedBetweenReleasesIsTold() throws IOException {
        addCompress();
        given().get("/v1/sboms/diff?before=org.apache.commons/commons-compress@1.26.0&after=org.apache.commons/commons-compress@1.27.1").then().statusCode(200)
                .body("before.release", equalTo("1.26.0")).body("after.release", equalTo("1.27.1"))
                .body("counts.version_changed", notNullValue())
                .body("items.find { it.coordinate == 'pkg:maven/com.github.luben/zstd-jni' }.change", equalTo("version_changed"))
                .body("items.find { it.coordinate == 'pkg:maven/com.github.luben/zstd-jni' }.versions_before", contains("1.5.5-11"))
                .body("items.find { it.coordinate == 'pkg:maven/com.github.luben/zstd-jni' }.versions_after", contains("1.5.6-4"));
        given().get("/v1/sboms/diff?before=org.apache.commons/commons-compress@1.23.0&after=org.apache.commons/commons-compress@1.26.0&change=added").then()
                .statusCode(200).body("items.change.unique()", contains("added"));
        given().get("/v1/sboms/diff?before=org.apache.commons/commons-compress@1.23.0&after=nobody@1").then().statusCode(404);
    }

    @Test
    void allWaysToAComponentAreTold() {
        byte[] diamond = ("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"metadata\":{\"component\":{\"type\":\"application\",\"name\":\"diamond\",\"bom-ref\":\"r\"}},"
                + "\"components\":[" + library("a") + "," + library("b") + "," + library("c") + "],\"dependencies\":[{\"ref\":\"r\",\"dependsOn\":[\"a\",\"b\"]},"
                + "{\"ref\":\"a\",\"dependsOn\":[\"c\"]},{\"ref\":\"b\",\"dependsOn\":[\"c\"]},{\"ref\":\"c\",\"dependsOn\":[\"a\"]}]}").getBytes(StandardCharsets.UTF_8);
        String digest = add(diamond, "").statusCode(oneOf(200, 201)).body("sbom.findings[0]", containsString("cycle")).extract().path("sbom.digest");
        given().get("/v1/sboms/" + digest + "/paths?ref=c").then().statusCode(200).body("complete", equalTo(true))
                .body("ways", hasItems(List.of("name:diamond", "pkg:npm/a@1.0.0", "pkg:npm/c@1.0.0"), List.of("name:diamond", "pkg:npm/b@1.0.0", "pkg:npm/c@1.0.0")))
                .body("ways", hasSize(2));
        given().get("/v1/sboms/" + digest + "/paths?ref=nobody").then().statusCode(404);
        given().get("/v1/sboms/" + digest + "/components?limit=2").then().statusCode(200).body("items", hasSize(2)).body("next_cursor", notNullValue());
    }

    private static String library(String name) {
        return String.format(Locale.ROOT, "{\"type\":\"library\",\"name\":\"%1$s\",\"bom-ref\":\"%1$s\",\"version\":\"1.0.0\",\"purl\":\"pkg:npm/%1$s@1.0.0\"}", name);
    }

    @Test
    void refusalsSayWhichRuleWasBroken() {
        add("{\"hello\":1}".getBytes(StandardCharsets.UTF_8), "").statusCode(400).body("error.details.reason", equalTo("FORMAT_UNKNOWN"));
        add("<?xml version=\"1.0\"?><!DOCTYPE bom [<!ENTITY a \"a\">]><bom>&a;</bom>".getBytes(StandardCharsets.UTF_8), "").statusCode(400)
                .body("error.details.reason", equalTo("ENTITIES_REFUSED"));
        add(unique("named"), "?project=" + "x".repeat(201)).statusCode(400).body("error.details.reason", equalTo("WRONG_PARAMETER"));
        given().get("/v1/components/where?purl=npm/x").then().statusCode(400).body("error.details.reason", equalTo("WRONG_PURL"));
        given().get("/v1/components/where?name=a&hash=b").then().statusCode(400);
        given().get("/v1/components/where?name=a&cursor=x").then().statusCode(400);
        given().get("/v1/sboms/jobs/none").then().statusCode(404);
    }

    @Test
    void threeHundredMegabytesAreRefusedBeforeTheyAreSent() throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(("POST /v1/sboms HTTP/1.1\r\nHost: x\r\nAuthorization: " + TestCredentials.authorization()
                    + "\r\nContent-Type: application/octet-stream\r\nContent-Length: 314572800\r\n\r\n{").getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readNBytes(16), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void statementsOfTheNewestCountForEachAuthor() throws IOException {
        addCompress();
        String of = "org.apache.commons/commons-compress@1.27.1";
        vex("alice", "CVE-2099-0001", "affected", "2026-01-01T00:00:00Z", "pkg:maven/com.github.luben/zstd-jni@1.5.6-4").statusCode(oneOf(200, 201));
        given().queryParam("sbom", of).get("/v1/vex/findings?status=affected").then().statusCode(200)
                .body("items.find { it.statement.vulnerability == 'CVE-2099-0001' }.name", equalTo("zstd-jni"));
        vex("alice", "CVE-2099-0001", "not_affected", "2026-02-01T00:00:00Z", "pkg:maven/com.github.luben/zstd-jni@1.5.6-4").statusCode(oneOf(200, 201));
        vex("alice", "CVE-2099-0001", "affected", "2026-01-15T00:00:00Z", "pkg:maven/com.github.luben/zstd-jni@1.5.6-4").statusCode(oneOf(200, 201));
        vex("bob", "CVE-2099-0001", "under_investigation", "2026-01-10T00:00:00Z", "pkg:maven/com.github.luben/zstd-jni").statusCode(oneOf(200, 201));
        given().queryParam("sbom", of).get("/v1/vex/findings").then().statusCode(200).body("complete", equalTo(true))
                .body("items.findAll { it.statement.vulnerability == 'CVE-2099-0001' }.statement.status", contains("under_investigation", "not_affected"));
        given().queryParam("sbom", "org.apache.commons/commons-compress@1.23.0").get("/v1/vex/findings").then().statusCode(200)
                .body("items.statement.author", contains("bob"));
        given().get("/v1/vex/statements?vulnerability=CVE-2099-0001").then().statusCode(200).body("items", hasSize(4)).body("next_cursor", nullValue());
        given().contentType("application/json").body("{}").post("/v1/vex").then().statusCode(400).body("error.details.reason", equalTo("FORMAT_UNKNOWN"));
    }

    private static ValidatableResponse vex(String author, String vulnerability, String status, String at, String product) {
        return given().contentType("application/json").body(String.format(Locale.ROOT, "{\"@context\":\"https://openvex.dev/ns/v0.2.0\",\"@id\":\"urn:x:%s\",\"author\":\"%s\","
                + "\"timestamp\":\"%s\",\"version\":1,\"statements\":[{\"vulnerability\":{\"name\":\"%s\"},\"products\":[{\"@id\":\"%s\"}],\"status\":\"%s\","
                + "\"justification\":\"vulnerable_code_not_present\"}]}", author, author, at, vulnerability, product, status)).post("/v1/vex").then();
    }

    private static void addCompress() throws IOException {
        for (String file : List.of("commons-compress-1.23.0-cyclonedx.json", "commons-compress-1.26.0-cyclonedx.json", "commons-compress-1.27.1-cyclonedx.xml",
                "commons-compress-1.28.0-cyclonedx.json")) {
            add(Files.readAllBytes(SbomFiles.of(file)), "").statusCode(oneOf(200, 201));
        }
    }

    private static byte[] unique(String name) {
        return ("{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":[{\"type\":\"library\",\"name\":\"" + name + "\"}]}").getBytes(StandardCharsets.UTF_8);
    }

    private static ValidatableResponse add(byte[] document, String query) {
        return given().urlEncodingEnabled(false).contentType("application/octet-stream").body(document).post("/v1/sboms" + query).then();
    }

    private static ValidatableResponse where(String by, String value) {
        return given().urlEncodingEnabled(false).get("/v1/components/where?" + by + "=" + value).then().statusCode(200);
    }
}
