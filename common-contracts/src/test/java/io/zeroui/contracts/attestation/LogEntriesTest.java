package io.zeroui.contracts.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.attestation.dsse.Envelope;
import io.zeroui.contracts.attestation.trust.TrustRoot;
import io.zeroui.contracts.attestation.trust.TrustedKey;
import io.zeroui.contracts.attestation.trust.TrustedLog;
import io.zeroui.contracts.attestation.trust.Validity;
import io.zeroui.contracts.attestation.trust.VerifyingKey;
import io.zeroui.contracts.attestation.verify.AttestationVerifier;
import io.zeroui.contracts.attestation.verify.Verdict;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import io.zeroui.contracts.signature.SpkiPem;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.MerkleTree;
import io.zeroui.contracts.transparency.SignedNote;
import io.zeroui.contracts.transparency.VerifierKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Entries of every kind, in a log whose checkpoints are signed with Ed25519, as newer logs do. */
class LogEntriesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final String ORIGIN = "log.example.com";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Ed25519KeyPair signer = Ed25519.newKeyPair();
    private final Ed25519KeyPair log = Ed25519.newKeyPair();
    private final VerifierKey logKey = new VerifierKey(ORIGIN, VerifierKey.ED25519, log.publicKey());
    private final byte[] logId = ByteBuffer.allocate(32).putInt(logKey.id()).array();
    private final byte[] payload = "hello".getBytes(StandardCharsets.UTF_8);
    private final byte[] signed = new Envelope("text/plain", payload, List.of()).preAuthenticationEncoding();
    private final byte[] signature = Ed25519.sign(signer.privateKey(), signed);

    @ParameterizedTest
    @ValueSource(strings = {"hashedrekord 0.0.1", "hashedrekord 0.0.2", "dsse 0.0.1", "dsse 0.0.2", "intoto 0.0.2"})
    void holdWhereTheyAreAboutTheBundleAndOnlyThere(String kind) {
        assertThat(verify(kind, body(kind, payload, signature, signer)).reasons()).isEmpty();

        byte[] other = Ed25519.sign(signer.privateKey(), payload);
        byte[] goodbye = "goodbye".getBytes(StandardCharsets.UTF_8);
        assertMismatch(verify(kind, body(kind, payload, other, signer)));
        assertMismatch(verify(kind, body(kind, goodbye, signature, signer)));
        assertMismatch(verify(kind, body(kind, payload, signature, Ed25519.newKeyPair())));
        assertMismatch(verify("rekord 0.0.1", body(kind, payload, signature, signer)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rekord 0.0.1", "hashedrekord 0.0.3", "helm 0.0.1"})
    void ofKindsThatAreNotKnownDoNotHold(String kind) {
        ObjectNode body = body("hashedrekord 0.0.1", payload, signature, signer);
        body.put("kind", kind.split(" ")[0]).put("apiVersion", kind.split(" ")[1]);
        assertMismatch(verify(kind, body));
    }

    private static void assertMismatch(Verdict verdict) {
        assertThat(verdict.reasons()).extracting(Finding::reason).containsExactly(Reason.LOG_ENTRY_MISMATCH);
    }

    private ObjectNode body(String kind, byte[] content, byte[] by, Ed25519KeyPair who) {
        ObjectNode body = JSON.createObjectNode().put("kind", kind.split(" ")[0]).put("apiVersion", kind.split(" ")[1]);
        ObjectNode spec = body.putObject("spec");
        byte[] pae = new Envelope("text/plain", content, List.of()).preAuthenticationEncoding();
        String pem = base64(SpkiPem.write(who.publicKey()).getBytes(StandardCharsets.US_ASCII));
        switch (kind) {
            case "hashedrekord 0.0.1" -> {
                spec.putObject("data").putObject("hash").put("algorithm", "sha256").put("value", Hash.of(pae).hex());
                spec.putObject("signature").put("content", base64(by)).putObject("publicKey").put("content", pem);
            }
            case "hashedrekord 0.0.2" -> {
                ObjectNode record = spec.putObject("hashedRekordV002");
                record.putObject("data").put("algorithm", "SHA2_256").put("digest", base64(Hash.of(pae).bytes()));
                record.putObject("signature").put("content", base64(by)).putObject("verifier").putObject("publicKey")
                        .put("rawBytes", base64(spki(who)));
            }
            case "dsse 0.0.1" -> {
                spec.putObject("payloadHash").put("algorithm", "sha256").put("value", Hash.of(content).hex());
                spec.putArray("signatures").addObject().put("signature", base64(by)).put("verifier", pem);
            }
            case "dsse 0.0.2" -> {
                ObjectNode dsse = spec.putObject("dsseV002");
                dsse.putObject("payloadHash").put("algorithm", "SHA2_256").put("digest", base64(Hash.of(content).bytes()));
                dsse.putArray("signatures").addObject().put("content", base64(by)).putObject("verifier").putObject("publicKey")
                        .put("rawBytes", base64(spki(who)));
            }
            default -> {
                ObjectNode in = spec.putObject("content");
                in.putObject("payloadHash").put("algorithm", "sha256").put("value", Hash.of(content).hex());
                in.putObject("envelope").put("payloadType", "text/plain").putArray("signatures").addObject().put("publicKey", pem)
                        .put("sig", base64(base64(by).getBytes(StandardCharsets.US_ASCII)));
            }
        }
        return body;
    }

    private Verdict verify(String kind, ObjectNode body) {
        byte[] leaf = Samples.bytes(body);
        Hash root = MerkleTree.leafHash(leaf);
        String checkpoint = new String(SignedNote.sign(Checkpoint.of(ORIGIN, 1, root).text(), logKey, log.privateKey()).format(),
                StandardCharsets.UTF_8);
        ObjectNode bundle = JSON.createObjectNode().put("mediaType", "application/vnd.dev.sigstore.bundle.v0.3+json");
        ObjectNode material = bundle.putObject("verificationMaterial");
        material.putObject("publicKey").put("hint", "ours");
        ObjectNode entry = material.putArray("tlogEntries").addObject().put("logIndex", "0").put("canonicalizedBody", base64(leaf));
        entry.putObject("logId").put("keyId", base64(logId));
        entry.putObject("kindVersion").put("kind", kind.split(" ")[0]).put("version", kind.split(" ")[1]);
        entry.putObject("inclusionProof").put("logIndex", "0").put("treeSize", "1").put("rootHash", base64(root.bytes()))
                .putObject("checkpoint").put("envelope", checkpoint);
        bundle.putObject("dsseEnvelope").put("payloadType", "text/plain").put("payload", base64(payload)).putArray("signatures")
                .addObject().put("sig", base64(signature));
        TrustRoot trust = new TrustRoot(List.of(new TrustedKey("ours", VerifyingKey.of(spki(signer), false), Validity.ALWAYS)), 1,
                List.of(), List.of(), List.of(new TrustedLog(ORIGIN, VerifyingKey.of(spki(log), false), logId, Validity.ALWAYS)),
                List.of(), List.of(), true, true);
        return new AttestationVerifier(trust).verify(Samples.bytes(bundle), NOW);
    }

    private static byte[] spki(Ed25519KeyPair pair) {
        return Base64.getMimeDecoder().decode(SpkiPem.write(pair.publicKey()).replaceAll("-----[A-Z ]+-----", ""));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
