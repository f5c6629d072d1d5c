package io.zeroui.shared.supplychain.attestation;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.zeroui.contracts.attestation.dsse.Envelope;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import io.zeroui.contracts.signature.SpkiPem;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.testing.PlaneResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attestations over HTTP: taken in, judged, found, linked, and judged again when the trust root changes. */
@QuarkusTest
@WithTestResource(value = PlaneResource.class, initArgs = @ResourceArg(name = "plane", value = "shared"))
class AttestationsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path SAMPLES = Path.of("../common-contracts/src/test/resources/attestation");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ALL = "/v1/attestations";
    private static final String TRUST = ALL + "/trust";
    private static final String ISSUER = "https://token.actions.githubusercontent.com";

    @Inject
    DatabaseSchema schema;

    @BeforeEach
    void awaitSchema() {
        assertThat(schema.whenReady().await().atMost(PATIENCE)).isNotEmpty();
    }

    @Test
    void aPublishedBundleIsKeptJudgedAndJudgedAgainWhenTrustChanges() {
        byte[] bundle = sample("npm-sigstore-2.0.0-provenance.json");
        String id = Hash.of(bundle).hex();
        setTrust("{}", "nobody");
        Response added = add(bundle);
        added.then().statusCode(201).header("Location", ALL + "/" + id).body("id", equalTo(id)).body("verified", equalTo(false))
                .body("predicate_type", equalTo("https://slsa.dev/provenance/v1"))
                .body("builder", equalTo("https://github.com/actions/runner/github-hosted"))
                .body("subjects[0].name", equalTo("pkg:npm/sigstore@2.0.0"))
                .body("result.signers", hasSize(0)).body("result.reasons.reason", hasItem("untrusted_certificate"));
        add(bundle).then().statusCode(200).body("number", equalTo(added.path("number")));

        setTrust(publicGood(), "the workflows that we use");

        await().atMost(PATIENCE).untilAsserted(() -> given().get(ALL + "/" + id).then().statusCode(200).body("verified", equalTo(true)));
        String tag = given().get(ALL + "/" + id).header("ETag");
        assertThat(tag).isNotEqualTo(added.header("ETag"));
        given().header("If-None-Match", tag).get(ALL + "/" + id).then().statusCode(304);
        given().get(ALL + "/" + id + "/results").then().statusCode(200).body("items.verified[0]", equalTo(true))
                .body("items.checked_by[0]", startsWith("zeroui:")).body("items.verified[-1]", equalTo(false))
                .body("items.result.reasons[-1].reason", hasItem("untrusted_certificate"));
        assertThat(given().get(ALL + "/" + id + "/document").then().statusCode(200).extract().asByteArray()).isEqualTo(bundle);
        given().post(ALL + "/" + id + "/verify").then().statusCode(200).body("verified", equalTo(true))
                .body("result.signers[0].issuer", equalTo(ISSUER));
    }

    @Test
    void theyAreFoundByWhatTheySayAndWhoSignedThem() {
        setTrust(publicGood(), "found");
        List<String> names = List.of("npm-sigstore-1.3.0-provenance.json", "npm-sigstore-1.3.0-publish.json", "sigstore-java-2.0.0.pom.sigstore.json");
        names.forEach(name -> add(sample(name)));
        List<String> ids = names.stream().map(name -> Hash.of(sample(name)).hex()).toList();
        String subject = "sha512:76176ffa33808b54602c7c35de5c6e9a4deb96066dba6533f50ac234f4f1f4c6b3527515dc17c06fbe2860030f410eee69ea20079bd3a2c6f3dcf3b329b10751";
        await().atMost(PATIENCE).untilAsserted(() -> given().queryParam("verified", false).get(ALL).then()
                .body("items.id", not(hasItem(ids.get(0)))).body("items.id", not(hasItem(ids.get(2)))));

        given().queryParam("subject", subject).get(ALL).then().statusCode(200).body("items.id", equalTo(List.of(ids.get(1), ids.get(0))));
        given().queryParam("subject", subject).queryParam("predicate_type", "https://slsa.dev/provenance/v0.2").get(ALL).then()
                .body("items.id", equalTo(List.of(ids.get(0)))).body("next_cursor", equalTo(null));
        given().queryParam("subject", Hash.of(sample("sigstore-java-2.0.0.pom")).prefixed()).get(ALL).then()
                .body("items.id", equalTo(List.of(ids.get(2)))).body("items[0].form", equalTo("sigstore_bundle"));
        given().queryParam("signer", "https://github.com/sigstore/sigstore-java/.github/workflows/release-sigstore-java-from-tag.yaml@refs/tags/v2.0.0")
                .get(ALL).then().body("items.id", equalTo(List.of(ids.get(2))));
        String first = given().queryParam("limit", 1).queryParam("subject", subject).get(ALL).then().body("items.id", equalTo(List.of(ids.get(1))))
                .extract().path("next_cursor");
        given().queryParam("limit", 1).queryParam("subject", subject).queryParam("cursor", first).get(ALL).then()
                .body("items.id", equalTo(List.of(ids.get(0))));
    }

    @Test
    void envelopesLinkSubjectsToAdaptersAndEmitters() {
        Ed25519KeyPair pair = Ed25519.newKeyPair();
        String digest = "ab".repeat(32);
        byte[] envelope = envelope(pair, "builder-1", "{\"_type\":\"https://in-toto.io/Statement/v1\",\"predicateType\":\"https://example.com/test/v1\","
                + "\"subject\":[{\"name\":\"urn:zeroui:adapter:openai-chat@1.2.0\",\"digest\":{\"sha256\":\"" + digest + "\"}}],"
                + "\"predicate\":{\"emitter_kid\":\"laptop-7b\"}}");
        ObjectNode root = JSON.createObjectNode();
        root.putArray("keys").addObject().put("kid", "builder-1").put("pem", SpkiPem.write(pair.publicKey()));
        setTrust(root.toString(), "our own builder");
        String id = add(envelope).then().statusCode(201).body("verified", equalTo(true)).body("result.signers[0].kid", equalTo("builder-1"))
                .body("links.kind", equalTo(List.of("adapter", "emitter"))).extract().path("id");

        given().queryParam("link", "adapter:openai-chat@1.2.0").get(ALL).then().statusCode(200).body("items.id", equalTo(List.of(id)));
        given().queryParam("link", "emitter:laptop-7b").queryParam("subject", "sha256:" + digest).get(ALL).then().body("items.id", equalTo(List.of(id)));
        link(id, "sbom", "cd".repeat(32), "sha256:" + digest).then().statusCode(200).body("links.kind", hasItem("sbom"));
        link(id, "sbom", "cd".repeat(32), "sha256:" + "00".repeat(32)).then().statusCode(400).body("detail", containsString("no subject"));
        link(id, "model", "gpt", "sha256:" + digest).then().statusCode(400);
    }

    @Test
    void unsignedIsKeptAndNeverVerified() {
        byte[] unsigned = "{\"payloadType\":\"text/plain\",\"payload\":\"aGVsbG8=\",\"signatures\":[]}".getBytes(StandardCharsets.UTF_8);
        add(unsigned).then().body("verified", equalTo(false)).body("result.reasons.reason", equalTo(List.of("unsigned")));
    }

    @Test
    void trustRootsAreVersionsThatNobodyOverwritesUnseen() {
        setTrust("{}", "first");
        Response now = given().get(TRUST);
        int version = now.path("version");
        String tag = now.header("ETag");
        given().header("If-None-Match", tag).get(TRUST).then().statusCode(304);
        given().contentType("application/json").header("If-Match", "\"trust-" + (version - 1) + "\"").queryParam("note", "late").body("{}").put(TRUST)
                .then().statusCode(412);
        given().contentType("application/json").header("If-Match", tag).queryParam("note", "second").body(publicGood()).put(TRUST)
                .then().statusCode(200).body("version", equalTo(version + 1)).body("note", equalTo("second"));
        given().queryParam("limit", 2).get(TRUST + "/versions").then().body("items.version", equalTo(List.of(version + 1, version)))
                .body("items.note", equalTo(List.of("second", "first")));
        given().get(TRUST + "/versions/" + version).then().statusCode(200).body("root.size()", equalTo(0));
        given().get(TRUST + "/versions/999999").then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nothing", "{}", "{\"payloadType\":\"x\",\"payload\":\"AAA\"}",
            "{\"mediaType\":\"application/vnd.dev.sigstore.bundle+json;version=9\"}"})
    void whatCannotBeReadIsRefused(String document) {
        add(document.getBytes(StandardCharsets.UTF_8)).then().statusCode(400).body("error.code", equalTo("VALIDATION_ERROR"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"?subject=nothing", "?limit=0", "?limit=201", "?cursor=x", "?link=adapter", "?link=model:x"})
    void aWrongQuestionIsAProblem(String query) {
        given().urlEncodingEnabled(false).get(ALL + query).then().statusCode(400).body("error.code", equalTo("VALIDATION_ERROR"));
    }

    @Test
    void aTrustRootThatCannotBeUsedIsRefusedAndSoIsOneWithoutAReason() {
        given().contentType("application/json").queryParam("note", "x").body("{\"keys\":[{\"kid\":\"a\",\"spki\":\"AAAA\"}]}").put(TRUST)
                .then().statusCode(400).body("error.details.reason", equalTo("invalid_trust_root"));
        given().contentType("application/json").body("{}").put(TRUST).then().statusCode(400);
        given().get(ALL + "/" + "0".repeat(64)).then().statusCode(404);
        given().get("/q/openapi").then().body(containsString("/v1/attestations/trust/versions"));
    }

    private static Response add(byte[] document) {
        return given().contentType("application/json").body(document).post(ALL);
    }

    private static Response link(String id, String kind, String target, String digest) {
        ObjectNode wish = JSON.createObjectNode().put("kind", kind).put("target", target).put("digest", digest);
        return given().contentType("application/json").body(wish.toString()).post(ALL + "/" + id + "/links");
    }

    private static void setTrust(String root, String note) {
        given().contentType("application/json").queryParam("note", note).body(root).put(TRUST).then().statusCode(200);
    }

    private static String publicGood() {
        try {
            ObjectNode root = JSON.createObjectNode();
            root.set("sigstore", JSON.readTree(sample("public-good-2025.json")));
            root.putArray("identities").addObject().put("name", "https://github.com/sigstore/*").put("issuer", ISSUER);
            return root.toString();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] envelope(Ed25519KeyPair pair, String kid, String statement) {
        byte[] payload = statement.getBytes(StandardCharsets.UTF_8);
        byte[] signature = Ed25519.sign(pair.privateKey(), new Envelope(Envelope.IN_TOTO, payload, List.of()).preAuthenticationEncoding());
        ObjectNode envelope = JSON.createObjectNode().put("payloadType", Envelope.IN_TOTO)
                .put("payload", Base64.getEncoder().encodeToString(payload));
        envelope.putArray("signatures").addObject().put("keyid", kid).put("sig", Base64.getEncoder().encodeToString(signature));
        return envelope.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sample(String name) {
        try {
            return Files.readAllBytes(SAMPLES.resolve(name));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
