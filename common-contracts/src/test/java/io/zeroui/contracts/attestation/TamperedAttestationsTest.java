package io.zeroui.contracts.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.attestation.verify.AttestationVerifier;
import io.zeroui.contracts.attestation.verify.Verdict;
import io.zeroui.contracts.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was changed in a published attestation, or is not trusted about it, is refused and named. */
class TamperedAttestationsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final KeyPair OTHER_KEY = newKey();

    private static final String ENTRY = "/verificationMaterial/tlogEntries/0";
    private static final String PROOF = ENTRY + "/inclusionProof";
    private static final String SIGNATURE = "/dsseEnvelope/signatures/0";
    private static final String MAVEN = Samples.MAVEN_2025 + ".sigstore.json";

    /** What is done to which attestation or to its trust root, and how that is called. */
    private record Tampering(String what, String sample, Consumer<ObjectNode> bundle, Consumer<ObjectNode> root, Reason reason) {

        @Override
        public String toString() {
            return what + " -> " + reason.key();
        }
    }

    static Stream<Tampering> tamperings() {
        return Stream.of(ofContent(), ofLogs(), ofTrust(), ofTimes()).flatMap(List::stream);
    }

    private static List<Tampering> ofContent() {
        return List.of(
                bundle("the payload", Samples.PROVENANCE_V1, TamperedAttestationsTest::rewrite, Reason.WRONG_SIGNATURE),
                bundle("the payload, in the log's eyes", Samples.PROVENANCE_V1, TamperedAttestationsTest::rewrite,
                        Reason.LOG_ENTRY_MISMATCH),
                bundle("the payload's type", Samples.PROVENANCE_V1,
                        b -> put(b, "/dsseEnvelope", "payloadType", "application/vnd.in-toto.provenance+json"), Reason.WRONG_SIGNATURE),
                bundle("the signature", Samples.PROVENANCE_V1, b -> flip(b, SIGNATURE, "sig"), Reason.WRONG_SIGNATURE),
                bundle("the signature of a key", Samples.PUBLISH, b -> flip(b, SIGNATURE, "sig"), Reason.WRONG_SIGNATURE),
                bundle("the certificate is another release's", MAVEN, b -> at(b, "/verificationMaterial/certificate").put("rawBytes",
                        Samples.json(Samples.MAVEN_2024 + ".sigstore.json").at("/verificationMaterial/certificate/rawBytes").asText()),
                        Reason.WRONG_SIGNATURE),
                bundle("the certificate's own bytes", MAVEN, b -> flip(b, "/verificationMaterial/certificate", "rawBytes"),
                        Reason.UNTRUSTED_CERTIFICATE),
                bundle("the digest of the message", MAVEN, b -> flip(b, "/messageSignature/messageDigest", "digest"),
                        Reason.WRONG_SIGNATURE),
                bundle("the signature is taken away", Samples.PROVENANCE_V1, b -> ((ArrayNode) b.at("/dsseEnvelope/signatures")).removeAll(),
                        Reason.UNSIGNED),
                bundle("the message's signature is taken away", MAVEN, b -> at(b, "/messageSignature").remove("signature"), Reason.UNSIGNED),
                bundle("a second signature", "dsse-2sigs.sigstore.json", b -> { }, Reason.MORE_THAN_ONE_SIGNATURE),
                bundle("the media type", MAVEN, b -> b.put("mediaType", "application/vnd.dev.sigstore.bundle.v9+json"),
                        Reason.UNKNOWN_MEDIA_TYPE),
                bundle("the media type is taken away", MAVEN, b -> b.remove("mediaType"), Reason.UNKNOWN_MEDIA_TYPE),
                bundle("base64 is cut off", Samples.PROVENANCE_V1, b -> put(b, SIGNATURE, "sig",
                        b.at(SIGNATURE + "/sig").asText().substring(0, 41)), Reason.INVALID_BASE64),
                bundle("the log's list is a text", MAVEN, b -> at(b, "/verificationMaterial").put("tlogEntries", "none"),
                        Reason.MALFORMED_BUNDLE),
                bundle("the statement has no type", Samples.PROVENANCE_V1, b -> put(b, "/dsseEnvelope", "payload", "e30="),
                        Reason.INVALID_STATEMENT));
    }

    private static List<Tampering> ofLogs() {
        return List.of(
                bundle("a hash of the inclusion proof", MAVEN, b -> {
                    ArrayNode hashes = (ArrayNode) b.at(PROOF + "/hashes");
                    hashes.set(0, JSON.getNodeFactory().textNode(hashes.get(1).asText()));
                }, Reason.INCLUSION_PROOF_WRONG),
                bundle("the proof's root hash", MAVEN, b -> flip(b, PROOF, "rootHash"), Reason.INCLUSION_PROOF_WRONG),
                bundle("the proof's index", MAVEN, b -> put(b, PROOF, "logIndex", "12"), Reason.INCLUSION_PROOF_WRONG),
                bundle("no inclusion proof", MAVEN, b -> at(b, ENTRY).remove("inclusionProof"), Reason.INCLUSION_PROOF_MISSING),
                bundle("no checkpoint", MAVEN, b -> at(b, PROOF).remove("checkpoint"), Reason.INCLUSION_PROOF_MISSING),
                bundle("the checkpoint is another tree's", MAVEN, b -> put(b, PROOF + "/checkpoint", "envelope",
                        Samples.json(Samples.MAVEN_2024 + ".sigstore.json").at(PROOF + "/checkpoint/envelope").asText()), Reason.CHECKPOINT_WRONG),
                bundle("the checkpoint's origin", MAVEN, b -> put(b, PROOF + "/checkpoint", "envelope",
                        "x" + b.at(PROOF + "/checkpoint/envelope").asText()), Reason.CHECKPOINT_UNSIGNED),
                bundle("the checkpoint is no note", MAVEN, b -> put(b, PROOF + "/checkpoint", "envelope", "signed, the log"),
                        Reason.CHECKPOINT_WRONG),
                bundle("the log's promise", Samples.PROVENANCE_V0_2, b -> flip(b, ENTRY + "/inclusionPromise", "signedEntryTimestamp"),
                        Reason.SIGNED_ENTRY_TIMESTAMP_WRONG),
                bundle("the time in the log", Samples.PROVENANCE_V0_2, b -> put(b, ENTRY, "integratedTime", "1681839913"),
                        Reason.SIGNED_ENTRY_TIMESTAMP_WRONG),
                bundle("the index in the log", Samples.PROVENANCE_V0_2, b -> put(b, ENTRY, "logIndex", "1"),
                        Reason.SIGNED_ENTRY_TIMESTAMP_WRONG),
                bundle("the log's entry is another's", Samples.PROVENANCE_V0_2, b -> ((ArrayNode) b.at("/verificationMaterial/tlogEntries"))
                        .set(0, Samples.json(Samples.PUBLISH).at(ENTRY)), Reason.LOG_ENTRY_MISMATCH),
                bundle("no log entry", Samples.PROVENANCE_V0_2,
                        b -> ((ArrayNode) b.at("/verificationMaterial/tlogEntries")).removeAll(), Reason.LOG_ENTRY_MISSING),
                bundle("nothing says when", Samples.PROVENANCE_V0_2,
                        b -> ((ArrayNode) b.at("/verificationMaterial/tlogEntries")).removeAll(), Reason.NO_TRUSTED_TIME),
                bundle("the log's id", MAVEN, b -> flip(b, ENTRY + "/logId", "keyId"), Reason.UNKNOWN_LOG));
    }

    private static List<Tampering> ofTrust() {
        String issuer = "https://token.actions.githubusercontent.com";
        return List.of(
                root("nobody of that name is trusted", MAVEN, r -> r.putArray("identities")
                        .add(Samples.identity("https://github.com/sigstore/sigstore-java/.github/workflows/other.yaml@*", issuer)),
                        Reason.WRONG_IDENTITY),
                root("nobody is trusted", MAVEN, r -> r.remove("identities"), Reason.WRONG_IDENTITY),
                root("the issuer is another", MAVEN, r -> ((ObjectNode) r.at("/identities/1")).put("issuer", "https://accounts.example"),
                        Reason.WRONG_ISSUER),
                root("the authority is another", MAVEN, r -> at(r, "/sigstore").set("certificateAuthorities",
                        Samples.json("scaffolding.json").path("certificateAuthorities")), Reason.UNTRUSTED_CERTIFICATE),
                root("the authority's time had ended", MAVEN, r -> at(r, "/sigstore/certificateAuthorities/1/validFor")
                        .put("end", "2023-01-01T00:00:00Z"), Reason.UNTRUSTED_CERTIFICATE),
                root("the log is another", MAVEN, r -> at(r, "/sigstore").set("tlogs", Samples.json("scaffolding.json").path("tlogs")),
                        Reason.UNKNOWN_LOG),
                root("the log's key is another", MAVEN, r -> otherKey(r, "/sigstore/tlogs/0"), Reason.CHECKPOINT_UNSIGNED),
                root("the log's time had ended", Samples.PROVENANCE_V0_2, r -> at(r, "/sigstore/tlogs/0/publicKey/validFor")
                        .put("end", "2022-01-01T00:00:00Z"), Reason.UNKNOWN_LOG),
                root("the certificate log is another", MAVEN,
                        r -> at(r, "/sigstore").set("ctlogs", Samples.json("scaffolding.json").path("ctlogs")), Reason.SCT_UNKNOWN_LOG),
                root("the certificate log's key is another", MAVEN, r -> otherKey(r, "/sigstore/ctlogs/1"), Reason.SCT_WRONG),
                root("the key is not trusted", Samples.PUBLISH, r -> r.remove("keys"), Reason.UNKNOWN_KEY),
                root("another key has its name", Samples.PUBLISH, r -> ((ObjectNode) r.at("/keys/0")).put("spki", base64(OTHER_KEY)),
                        Reason.WRONG_SIGNATURE),
                root("the key's time had ended", Samples.PUBLISH, r -> ((ObjectNode) r.at("/keys/0")).put("until", "2023-04-18T17:45:15Z"),
                        Reason.KEY_NOT_VALID_THEN),
                root("the key's time had not begun", Samples.PUBLISH, r -> ((ObjectNode) r.at("/keys/0")).put("from", "2023-04-18T17:45:17Z"),
                        Reason.KEY_NOT_VALID_THEN));
    }

    private static List<Tampering> ofTimes() {
        return List.of(
                new Tampering("the log took it in after the certificate's end", Samples.PROVENANCE_V0_2,
                        b -> promiseAnew(b, 1681839912 + 3_600), r -> otherKey(r, "/sigstore/tlogs/0"),
                        Reason.CERTIFICATE_EXPIRED_AT_SIGNING),
                new Tampering("the log took it in before the certificate's begin", Samples.PROVENANCE_V0_2,
                        b -> promiseAnew(b, 1681839912 - 3_600), r -> otherKey(r, "/sigstore/tlogs/0"),
                        Reason.CERTIFICATE_NOT_YET_VALID_AT_SIGNING),
                stamped("the timestamp's own bytes", b -> flip(b, "/verificationMaterial/timestampVerificationData/rfc3161Timestamps/0",
                        "signedTimestamp"), r -> { }, Reason.TIMESTAMP_WRONG),
                stamped("the timestamp is over another signature", b -> flip(b, "/messageSignature", "signature"), r -> { },
                        Reason.TIMESTAMP_WRONG),
                stamped("the timestamp's authority is not trusted", b -> { },
                        r -> at(r, "/sigstore").set("timestampAuthorities",
                                Samples.json("public-good-2025.json").path("timestampAuthorities")),
                        Reason.TIMESTAMP_UNKNOWN_AUTHORITY),
                stamped("the timestamp's authority was trusted later", b -> { },
                        r -> at(r, "/sigstore/timestampAuthorities/0").putObject("validFor").put("start", "2026-06-05T00:00:00Z"),
                        Reason.TIMESTAMP_WRONG),
                stamped("the key's time had ended before the timestamp", b -> { },
                        r -> ((ObjectNode) r.at("/keys/0")).put("until", "1970-01-01T00:00:01Z"), Reason.KEY_NOT_VALID_THEN));
    }

    @ParameterizedTest
    @MethodSource("tamperings")
    void isRefusedAndNamed(Tampering tampering) {
        ObjectNode bundle = Samples.json(tampering.sample());
        ObjectNode root = tampering.sample().equals(Samples.WITH_TIMESTAMP) ? Samples.timestamping() : Samples.publicGood();
        tampering.bundle().accept(bundle);
        tampering.root().accept(root);

        Verdict verdict = new AttestationVerifier(Samples.trust(root)).verify(Samples.bytes(bundle), NOW);

        assertThat(verdict.isVerified()).isFalse();
        assertThat(verdict.signers()).isEmpty();
        assertThat(verdict.reasons()).extracting(Finding::reason).contains(tampering.reason());
    }

    @Test
    void withoutTamperingTheSameHandsMakeAPromiseThatHolds() {
        ObjectNode bundle = Samples.json(Samples.PROVENANCE_V0_2);
        ObjectNode root = Samples.publicGood();
        promiseAnew(bundle, 1681839912);
        otherKey(root, "/sigstore/tlogs/0");

        assertThat(new AttestationVerifier(Samples.trust(root)).verify(Samples.bytes(bundle), NOW).reasons()).isEmpty();
    }

    private static Tampering bundle(String what, String sample, Consumer<ObjectNode> change, Reason reason) {
        return new Tampering(what, sample, change, root -> { }, reason);
    }

    private static Tampering root(String what, String sample, Consumer<ObjectNode> change, Reason reason) {
        return new Tampering(what, sample, bundle -> { }, change, reason);
    }

    private static Tampering stamped(String what, Consumer<ObjectNode> bundle, Consumer<ObjectNode> root, Reason reason) {
        return new Tampering(what, Samples.WITH_TIMESTAMP, bundle, root, reason);
    }

    private static ObjectNode at(JsonNode in, String path) {
        return (ObjectNode) in.at(path);
    }

    private static void put(ObjectNode in, String path, String name, String value) {
        at(in, path).put(name, value);
    }

    /** Changes one bit of the last byte but two of a text in base64. */
    private static void flip(ObjectNode in, String path, String name) {
        byte[] bytes = Base64.getDecoder().decode(at(in, path).path(name).asText());
        bytes[bytes.length - 3] ^= 1;
        put(in, path, name, Base64.getEncoder().encodeToString(bytes));
    }

    /** Makes the statement one about another version. */
    private static void rewrite(ObjectNode bundle) {
        String payload = new String(Base64.getDecoder().decode(bundle.at("/dsseEnvelope/payload").asText()), StandardCharsets.UTF_8);
        put(bundle, "/dsseEnvelope", "payload",
                Base64.getEncoder().encodeToString(payload.replace("2.0.0", "2.0.1").getBytes(StandardCharsets.UTF_8)));
    }

    private static void otherKey(ObjectNode root, String log) {
        put(root, log + "/publicKey", "rawBytes", base64(OTHER_KEY));
    }

    /** The log's promise for another time, by a key that the test has. */
    private static void promiseAnew(ObjectNode bundle, long seconds) {
        JsonNode entry = bundle.at(ENTRY);
        ObjectNode signed = JSON.createObjectNode().put("body", entry.path("canonicalizedBody").asText()).put("integratedTime", seconds)
                .put("logID", HexFormat.of().formatHex(Base64.getDecoder().decode(entry.at("/logId/keyId").asText())))
                .put("logIndex", entry.path("logIndex").asLong());
        put(bundle, ENTRY, "integratedTime", Long.toString(seconds));
        put(bundle, ENTRY + "/inclusionPromise", "signedEntryTimestamp", Base64.getEncoder().encodeToString(sign(CanonicalJson.of(signed))));
    }

    private static byte[] sign(byte[] message) {
        try {
            Signature signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(OTHER_KEY.getPrivate());
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair newKey() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(KeyPair key) {
        return new String(Base64.getEncoder().encode(key.getPublic().getEncoded()), StandardCharsets.US_ASCII);
    }
}
