package io.zeroui.contracts.attestation.sigstore;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.contracts.attestation.AttestationRefused;
import io.zeroui.contracts.attestation.Members;
import io.zeroui.contracts.attestation.Reason;
import io.zeroui.contracts.attestation.dsse.Envelope;
import io.zeroui.contracts.attestation.dsse.EnvelopeSignature;
import io.zeroui.contracts.receipts.Hash;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What a log's entry is about: it must be the bundle's content, signature and signer. Otherwise an entry that is in the log
 * would vouch for the time of a signature that is not.
 */
final class LogBody {

    private static final Members MEMBERS = new Members(Reason.LOG_ENTRY_MISMATCH);

    private final JsonNode spec;
    private final Bundle bundle;
    private final byte[] signer;

    private LogBody(JsonNode spec, Bundle bundle, byte[] signer) {
        this.spec = spec;
        this.bundle = bundle;
        this.signer = signer;
    }

    /**
     * Checks an entry of kind hashedrekord, dsse or intoto.
     *
     * @param signer the DER form of the certificate or public key
     */
    static void check(LogEntry entry, Bundle bundle, byte[] signer) throws AttestationRefused {
        JsonNode body = Members.document(entry.body());
        String kind = body.path("kind").asText() + ' ' + body.path("apiVersion").asText();
        if (!kind.equals(entry.kind())) {
            throw MEMBERS.refused("the log's entry is of another kind than the bundle says");
        }
        LogBody check = new LogBody(MEMBERS.object(body, "spec"), bundle, signer);
        switch (kind) {
            case "hashedrekord 0.0.1" -> check.hashedRecord1();
            case "hashedrekord 0.0.2" -> check.hashedRecord2();
            case "dsse 0.0.1" -> check.dsse1();
            case "dsse 0.0.2" -> check.dsse2();
            case "intoto 0.0.2" -> check.inToto();
            default -> throw MEMBERS.refused("the log's entry is of a kind that is not known here");
        }
    }

    private void hashedRecord1() throws AttestationRefused {
        JsonNode hash = MEMBERS.object(MEMBERS.object(spec, "data"), "hash");
        requireContent(MEMBERS.text(hash, "algorithm"), hex(MEMBERS.text(hash, "value")));
        JsonNode signature = MEMBERS.object(spec, "signature");
        requireSame(MEMBERS.base64(signature, "content"), signature(), "signature");
        requireSigner(pem(MEMBERS.base64(MEMBERS.object(signature, "publicKey"), "content")));
    }

    private void hashedRecord2() throws AttestationRefused {
        JsonNode record = MEMBERS.object(spec, "hashedRekordV002");
        JsonNode data = MEMBERS.object(record, "data");
        requireContent(MEMBERS.text(data, "algorithm"), MEMBERS.base64(data, "digest"));
        JsonNode signature = MEMBERS.object(record, "signature");
        requireSame(MEMBERS.base64(signature, "content"), signature(), "signature");
        requireSigner(verifier(signature));
    }

    private void dsse1() throws AttestationRefused {
        requirePayload(hex(hashOf(MEMBERS.object(spec, "payloadHash"))));
        JsonNode signature = onlyOne(spec);
        requireSame(MEMBERS.base64(signature, "signature"), signature(), "signature");
        requireSigner(pem(MEMBERS.base64(signature, "verifier")));
    }

    private void dsse2() throws AttestationRefused {
        JsonNode dsse = MEMBERS.object(spec, "dsseV002");
        requirePayload(MEMBERS.base64(MEMBERS.object(dsse, "payloadHash"), "digest"));
        JsonNode signature = onlyOne(dsse);
        requireSame(MEMBERS.base64(signature, "content"), signature(), "signature");
        requireSigner(verifier(signature));
    }

    /** This kind has the base64 text in base64. */
    private void inToto() throws AttestationRefused {
        JsonNode content = MEMBERS.object(spec, "content");
        requirePayload(hex(hashOf(MEMBERS.object(content, "payloadHash"))));
        JsonNode logged = MEMBERS.object(content, "envelope");
        if (!MEMBERS.text(logged, "payloadType").equals(envelope().payloadType())) {
            throw MEMBERS.refused("the log's entry is of another payload type");
        }
        JsonNode signature = onlyOne(logged);
        String text = new String(MEMBERS.base64(signature, "sig"), StandardCharsets.US_ASCII);
        requireSame(Members.base64(text, "sig"), signature(), "signature");
        requireSigner(pem(MEMBERS.base64(signature, "publicKey")));
    }

    private void requireContent(String algorithm, byte[] digest) throws AttestationRefused {
        MessageSignature message = bundle.message();
        if (message != null) {
            String said = algorithm.replace("SHA2_", "sha");
            if (!said.equals(message.algorithm()) || !MessageDigest.isEqual(digest, message.digest())) {
                throw MEMBERS.refused("the log's entry is about an artifact with another digest");
            }
        } else {
            requireSame(digest, Hash.of(envelope().preAuthenticationEncoding()).bytes(), "envelope");
        }
    }

    private void requirePayload(byte[] sha256) throws AttestationRefused {
        requireSame(sha256, Hash.of(envelope().payload()).bytes(), "payload");
    }

    private void requireSigner(byte[] der) throws AttestationRefused {
        requireSame(der, signer, "signer");
    }

    private static void requireSame(byte[] logged, byte[] ours, String what) throws AttestationRefused {
        if (!Arrays.equals(logged, ours)) {
            throw MEMBERS.refused("the log's entry is about another " + what);
        }
    }

    private Envelope envelope() throws AttestationRefused {
        Envelope envelope = bundle.envelope();
        if (envelope == null) {
            throw MEMBERS.refused("the log's entry is about an envelope, and the bundle has none");
        }
        return envelope;
    }

    private byte[] signature() throws AttestationRefused {
        if (bundle.message() != null) {
            return bundle.message().signature();
        }
        List<EnvelopeSignature> signatures = envelope().signatures();
        if (signatures.size() != 1) {
            throw MEMBERS.refused("the envelope does not have one signature");
        }
        return signatures.get(0).bytes();
    }

    private static JsonNode onlyOne(JsonNode object) throws AttestationRefused {
        List<JsonNode> signatures = MEMBERS.array(object, "signatures", 32);
        if (signatures.size() != 1) {
            throw MEMBERS.refused("the log's entry does not have one signature");
        }
        return signatures.get(0);
    }

    private static byte[] verifier(JsonNode signature) throws AttestationRefused {
        JsonNode verifier = MEMBERS.object(signature, "verifier");
        String name = Members.has(verifier, "x509Certificate") ? "x509Certificate" : "publicKey";
        return MEMBERS.base64(MEMBERS.object(verifier, name), "rawBytes");
    }

    private static String hashOf(JsonNode hash) throws AttestationRefused {
        if (!MEMBERS.text(hash, "algorithm").equals("sha256")) {
            throw MEMBERS.refused("the log's entry has a hash that is not known here");
        }
        return MEMBERS.text(hash, "value");
    }

    private static byte[] hex(String hex) throws AttestationRefused {
        try {
            return HexFormat.of().parseHex(hex);
        } catch (IllegalArgumentException e) {
            throw MEMBERS.refused("the log's entry has a hash that is no hex");
        }
    }

    /** The DER form of a PEM text, of a certificate or a public key. */
    private static byte[] pem(byte[] text) throws AttestationRefused {
        String pem = new String(text, StandardCharsets.US_ASCII);
        int from = pem.indexOf("-----\n");
        int to = pem.indexOf("\n-----END ");
        if (!pem.startsWith("-----BEGIN ") || from < 0 || to < from) {
            throw MEMBERS.refused("the log's entry has no PEM text of its signer");
        }
        return Members.base64(pem.substring(from + 6, to).replaceAll("\\s", ""), "publicKey");
    }
}
