package io.zeroui.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;

import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.signature.DocumentSigner;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519KeyPair;
import io.zeroui.contracts.signature.SpkiPem;

/** An emitter for tests: one key, and as many valid receipts as are wanted. Thread-safe. */
public final class SignedReceipts {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final Kid kid;
    private final Ed25519KeyPair keys;

    private SignedReceipts(Kid kid, Ed25519KeyPair keys) {
        this.kid = kid;
        this.keys = keys;
    }

    /** An emitter with a new key of the given id, which nobody trusts yet. */
    public static SignedReceipts withNewKey(String kid) {
        return new SignedReceipts(Kid.of(kid), Ed25519.newKeyPair());
    }

    /** Puts the public key into the edge's trust folder of the fabric. */
    @CanIgnoreReturnValue
    public SignedReceipts trustedBy(Path zuRoot) {
        Path file = new ZuRoot(zuRoot).ideTrust(kid);
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, SpkiPem.write(keys.publicKey()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** The key's id. */
    public Kid kid() {
        return kid;
    }

    /** The key pair. */
    public Ed25519KeyPair keys() {
        return keys;
    }

    /** A signed decision receipt of about 700 bytes, as one line without a line feed. */
    public byte[] decision(String repoId) {
        return decision(repoId, newId(), receipt -> {
        });
    }

    /** The same with a given id and further changes, made before it is signed. */
    public byte[] decision(String repoId, String receiptId, Consumer<ObjectNode> change) {
        ObjectNode receipt = unsignedDecision(repoId, receiptId);
        change.accept(receipt);
        return sign(receipt);
    }

    /** So many decision receipts. */
    public List<byte[]> decisions(String repoId, int count) {
        return IntStream.range(0, count).mapToObj(i -> decision(repoId)).toList();
    }

    /** A signed feedback receipt about a decision. */
    public byte[] feedback(String repoId, String feedbackId, String decisionReceiptId) {
        ObjectNode receipt = JSON.objectNode()
                .put("feedback_id", feedbackId)
                .put("decision_receipt_id", decisionReceiptId)
                .put("pattern_id", "FB-01")
                .put("choice", "worked");
        receipt.putArray("tags").add("fast").add("clear");
        receipt.putObject("actor").put("repo_id", repoId).put("type", "human");
        receipt.put("timestamp_utc", Instant.now().toString());
        return sign(receipt);
    }

    /** The document as one signed line. */
    public byte[] sign(ObjectNode document) {
        return DocumentSigner.sign(document, kid, keys.privateKey());
    }

    /** The same line with one bit of its signature turned: everything about it is right but the signature. */
    public static byte[] withBrokenSignature(byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8);
        int member = text.indexOf("\"signature\":\"");
        int bits = text.indexOf(':', text.indexOf("sig-ed25519:", member) + "sig-ed25519:".length()) + 10;
        if (member < 0 || bits >= text.length()) {
            throw new IllegalArgumentException("the line has no signature");
        }
        char other = text.charAt(bits) == 'A' ? 'B' : 'A';
        return (text.substring(0, bits) + other + text.substring(bits + 1)).getBytes(StandardCharsets.UTF_8);
    }

    /** A decision receipt without its signature; change it, then {@link #sign} it. */
    public static ObjectNode unsignedDecision(String repoId, String receiptId) {
        ObjectNode receipt = JSON.objectNode();
        receipt.put("receipt_id", receiptId);
        receipt.put("gate_id", "dependency-policy");
        receipt.putArray("policy_version_ids").add("dependency-policy-1.4.0");
        receipt.put("snapshot_hash", "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08");
        receipt.put("timestamp_utc", Instant.now().toString());
        receipt.put("timestamp_monotonic_ms", System.nanoTime() / 1_000_000);
        receipt.put("evaluation_point", "pre-commit");
        receipt.putObject("inputs").put("files_changed", 3).put("lines_added", 42).put("language", "java");
        ObjectNode decision = receipt.putObject("decision");
        decision.put("status", "pass").put("rationale", "No dependency of this change is on the deny list");
        decision.putArray("badges").add("dependencies").add("licences");
        receipt.putArray("evidence_handles");
        receipt.putObject("actor").put("repo_id", repoId).put("machine_fingerprint", "a1b2c3d4e5f60718")
                .put("type", "ai_agent");
        receipt.putObject("context").put("surface", "ide").put("branch", "main").put("commit",
                "3f786850e387550fdab836ed7e6dc881de23001b");
        receipt.put("degraded", false);
        receipt.put("schema_version", "1.0.0");
        return receipt;
    }

    /** An id that no other receipt has. */
    public static String newId() {
        return UUID.randomUUID().toString();
    }
}
