package io.zeroui.contracts.attestation.sigstore;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.contracts.attestation.AttestationRefused;
import io.zeroui.contracts.attestation.Members;
import io.zeroui.contracts.attestation.Reason;
import io.zeroui.contracts.attestation.dsse.Envelope;
import io.zeroui.contracts.receipts.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads Sigstore bundles in JSON. Nothing is verified. */
public final class BundleReader {

    /** The media type of bundles of version 0.1, the only one without inclusion proofs. */
    public static final String V0_1 = "application/vnd.dev.sigstore.bundle+json;version=0.1";

    /** The media types that are read. */
    public static final Set<String> MEDIA_TYPES = Set.of(V0_1, "application/vnd.dev.sigstore.bundle+json;version=0.2",
            "application/vnd.dev.sigstore.bundle+json;version=0.3", "application/vnd.dev.sigstore.bundle.v0.3+json");

    private static final Members MEMBERS = new Members(Reason.MALFORMED_BUNDLE);
    private static final Map<String, Integer> HASHES = Map.of("SHA2_256", 32, "SHA2_384", 48, "SHA2_512", 64);
    private static final int ENTRIES_MOST = 8;
    private static final int HASHES_MOST = 64;

    private BundleReader() {
    }

    /**
     * Reads a bundle.
     *
     * @throws AttestationRefused when its media type is not known, or a member is missing or has another form
     */
    public static Bundle read(JsonNode object) throws AttestationRefused {
        String mediaType = MEMBERS.text(object, "mediaType");
        if (!MEDIA_TYPES.contains(mediaType)) {
            throw new AttestationRefused(Reason.UNKNOWN_MEDIA_TYPE, "no bundle of version 0.1 to 0.3");
        }
        JsonNode material = MEMBERS.object(object, "verificationMaterial");
        List<LogEntry> entries = new ArrayList<>();
        for (JsonNode entry : MEMBERS.array(material, "tlogEntries", ENTRIES_MOST)) {
            entries.add(entry(entry));
        }
        String hint = Members.has(material, "publicKey") ? MEMBERS.optionalText(material.path("publicKey"), "hint") : null;
        byte[] certificate = certificate(material);
        if (certificate != null && Members.has(material, "publicKey")) {
            throw MEMBERS.refused("there are a certificate and a public key");
        }
        boolean enveloped = Members.has(object, "dsseEnvelope");
        if (enveloped && Members.has(object, "messageSignature")) {
            throw MEMBERS.refused("there are an envelope and a message signature");
        }
        return new Bundle(!mediaType.equals(V0_1), certificate, hint, entries, timestamps(material),
                enveloped ? Envelope.read(MEMBERS.object(object, "dsseEnvelope")) : null, enveloped ? null : message(object));
    }

    private static byte @Nullable [] certificate(JsonNode material) throws AttestationRefused {
        if (Members.has(material, "certificate")) {
            return MEMBERS.base64(MEMBERS.object(material, "certificate"), "rawBytes");
        }
        if (!Members.has(material, "x509CertificateChain")) {
            return null;
        }
        List<JsonNode> chain = MEMBERS.array(MEMBERS.object(material, "x509CertificateChain"), "certificates", 10);
        if (chain.isEmpty()) {
            throw MEMBERS.refused("the chain has no certificate");
        }
        return MEMBERS.base64(chain.get(0), "rawBytes"); // the rest of the chain comes from the trust root
    }

    private static List<byte[]> timestamps(JsonNode material) throws AttestationRefused {
        List<byte[]> timestamps = new ArrayList<>();
        if (Members.has(material, "timestampVerificationData")) {
            JsonNode data = MEMBERS.object(material, "timestampVerificationData");
            for (JsonNode timestamp : MEMBERS.array(data, "rfc3161Timestamps", ENTRIES_MOST)) {
                timestamps.add(MEMBERS.base64(timestamp, "signedTimestamp"));
            }
        }
        return timestamps;
    }

    private static @Nullable MessageSignature message(JsonNode object) throws AttestationRefused {
        if (!Members.has(object, "messageSignature")) {
            return null;
        }
        JsonNode message = MEMBERS.object(object, "messageSignature");
        JsonNode digest = MEMBERS.object(message, "messageDigest");
        byte[] signature = Members.has(message, "signature") ? MEMBERS.base64(message, "signature") : new byte[0];
        String hash = MEMBERS.text(digest, "algorithm");
        byte[] bytes = MEMBERS.base64(digest, "digest");
        if (!Integer.valueOf(bytes.length).equals(HASHES.get(hash))) {
            throw MEMBERS.refused("the message's digest is not one of " + HASHES.keySet());
        }
        return new MessageSignature(hash, bytes, signature);
    }

    private static LogEntry entry(JsonNode entry) throws AttestationRefused {
        JsonNode kind = MEMBERS.object(entry, "kindVersion");
        byte[] promise = Members.has(entry, "inclusionPromise")
                ? MEMBERS.base64(MEMBERS.object(entry, "inclusionPromise"), "signedEntryTimestamp")
                : null;
        return new LogEntry(MEMBERS.integer(entry, "logIndex"), MEMBERS.base64(MEMBERS.object(entry, "logId"), "keyId"),
                MEMBERS.text(kind, "kind") + ' ' + MEMBERS.text(kind, "version"), MEMBERS.integer(entry, "integratedTime"),
                promise, Members.has(entry, "inclusionProof") ? proof(MEMBERS.object(entry, "inclusionProof")) : null,
                MEMBERS.base64(entry, "canonicalizedBody"));
    }

    private static InclusionProof proof(JsonNode proof) throws AttestationRefused {
        List<Hash> hashes = new ArrayList<>();
        for (JsonNode hash : MEMBERS.array(proof, "hashes", HASHES_MOST)) {
            hashes.add(hash(hash.isTextual() ? hash.textValue() : "", "hashes"));
        }
        String checkpoint = Members.has(proof, "checkpoint")
                ? MEMBERS.optionalText(MEMBERS.object(proof, "checkpoint"), "envelope")
                : null;
        return new InclusionProof(MEMBERS.integer(proof, "logIndex"), MEMBERS.integer(proof, "treeSize"),
                hash(MEMBERS.text(proof, "rootHash"), "rootHash"), hashes, checkpoint == null ? "" : checkpoint);
    }

    private static Hash hash(String base64, String name) throws AttestationRefused {
        byte[] bytes = Members.base64(base64, name);
        if (bytes.length != Hash.LENGTH) {
            throw MEMBERS.refused(name + " is no SHA-256");
        }
        return new Hash(bytes);
    }
}
