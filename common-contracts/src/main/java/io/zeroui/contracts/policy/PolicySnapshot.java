package io.zeroui.contracts.policy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.signature.DocumentSigner;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.ReceiptSignature;
import java.time.Instant;

/** One version of a policy as it is signed: never changed. Its form is right; whose signature it has nobody has looked at. */
public final class PolicySnapshot {

    private final ObjectNode document;
    private final PolicyVersion id;
    private final PolicyLabels labels;
    private final Hash contentHash;
    private final Instant timestamp;
    private final ReceiptSignature signature;

    PolicySnapshot(ObjectNode document, PolicyVersion id, PolicyLabels labels, Hash contentHash, Instant timestamp,
            ReceiptSignature signature) {
        this.document = document;
        this.id = id;
        this.labels = labels;
        this.contentHash = contentHash;
        this.timestamp = timestamp;
        this.signature = signature;
    }

    /** Which version of which policy. */
    public PolicyVersion id() {
        return id;
    }

    /** Type, scope and enforcement. */
    public PolicyLabels labels() {
        return labels;
    }

    /** SHA-256 of the content in canonical form (RFC 8785), the member {@code snapshot_hash}. */
    public Hash contentHash() {
        return contentHash;
    }

    /** When it was made. */
    public Instant timestamp() {
        return timestamp;
    }

    /** The signature that it has. */
    public ReceiptSignature signature() {
        return signature;
    }

    /** A copy of the content. */
    public ObjectNode content() {
        return document.get(PolicySnapshotCodec.CONTENT).deepCopy();
    }

    /** Whether the signature is this key's, over everything but itself. */
    public boolean isSignedBy(Ed25519PublicKey key) {
        return DocumentSigner.verify(document, signature, key);
    }
}
