package io.zeroui.contracts.attestation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.attestation.trust.TrustRoot;
import io.zeroui.contracts.attestation.trust.TrustRootReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Attestations and trust roots that their projects have published; the file NOTICE beside them says where. */
public final class Samples {

    /** Bundles with certificates that are verified under {@link #publicGood}. */
    public static final String PROVENANCE_V0_2 = "npm-sigstore-1.3.0-provenance.json";
    public static final String PROVENANCE_V1 = "npm-sigstore-2.0.0-provenance.json";
    public static final String PUBLISH = "npm-sigstore-1.3.0-publish.json";
    public static final String MAVEN_2024 = "sigstore-java-0.11.0.pom";
    public static final String MAVEN_2025 = "sigstore-java-2.0.0.pom";
    public static final String WITH_TIMESTAMP = "public-key-validity.sigstore.json";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Samples() {
    }

    public static byte[] bytes(String name) {
        try (InputStream in = Samples.class.getResourceAsStream("/attestation/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no sample " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static ObjectNode json(String name) {
        return json(bytes(name));
    }

    public static ObjectNode json(byte[] bytes) {
        try {
            return (ObjectNode) JSON.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] bytes(JsonNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The public good instance, the workflows that release the samples, and the keys of the npm registry. */
    public static ObjectNode publicGood() {
        ObjectNode root = JSON.createObjectNode();
        root.set("sigstore", json("public-good-2025.json"));
        String issuer = "https://token.actions.githubusercontent.com";
        root.putArray("identities")
                .add(identity("https://github.com/sigstore/sigstore-js/.github/workflows/release.yml@refs/heads/main", issuer))
                .add(identity("https://github.com/sigstore/sigstore-java/.github/workflows/release-sigstore-java-from-tag.yaml@*", issuer));
        for (JsonNode key : json("npm-keys.json").path("keys")) {
            if (key.path("keyUsage").asText().equals("npm:attestations")) {
                JsonNode publicKey = key.path("publicKey");
                ObjectNode trusted = root.withArray("keys").addObject().put("kid", key.path("keyId").asText())
                        .put("spki", publicKey.path("rawBytes").asText())
                        .put("from", publicKey.path("validFor").path("start").asText());
                if (publicKey.path("validFor").has("end")) {
                    trusted.put("until", publicKey.path("validFor").path("end").asText());
                }
            }
        }
        return root;
    }

    public static ObjectNode identity(String name, String issuer) {
        return JSON.createObjectNode().put("name", name).put("issuer", issuer);
    }

    /** A timestamp authority and the key that signed the sample with a timestamp. */
    public static ObjectNode timestamping() {
        ObjectNode root = JSON.createObjectNode();
        root.set("sigstore", json("public-key-validity.root.json"));
        root.putArray("keys").addObject().put("kid", json(WITH_TIMESTAMP).at("/verificationMaterial/publicKey/hint").asText())
                .put("pem", new String(bytes("public-key-validity.pem"), StandardCharsets.US_ASCII));
        return root;
    }

    public static TrustRoot trust(ObjectNode root) {
        try {
            return TrustRootReader.read(bytes(root));
        } catch (AttestationRefused e) {
            throw new IllegalArgumentException(e.finding().toString(), e);
        }
    }
}
