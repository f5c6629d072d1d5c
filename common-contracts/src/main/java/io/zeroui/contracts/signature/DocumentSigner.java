package io.zeroui.contracts.signature;

import java.nio.charset.StandardCharsets;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.json.CanonicalJson;

/** Signs receipts and policy snapshots, and checks the signature of one. */
public final class DocumentSigner {

    /** The member that holds the signature and is not itself signed. */
    public static final String MEMBER = "signature";

    private DocumentSigner() {
    }

    /**
     * The document as one compact line without line feed, with its {@code signature} member. The given object is not
     * changed; a signature that it may already have is replaced.
     *
     * @throws IllegalArgumentException when the document has no canonical form
     */
    public static byte[] sign(ObjectNode document, Kid kid, Ed25519PrivateKey key) {
        ObjectNode signed = document.objectNode();
        signed.setAll(document);
        signed.put(MEMBER, signature(document, kid, key).format());
        return signed.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The signature over the document without its {@code signature} member. */
    public static ReceiptSignature signature(ObjectNode document, Kid kid, Ed25519PrivateKey key) {
        return new ReceiptSignature(kid, Ed25519.sign(key, CanonicalJson.ofWithout(document, MEMBER)));
    }

    /** Whether the signature is the key's over the document without its {@code signature} member. */
    public static boolean verify(ObjectNode document, ReceiptSignature signature, Ed25519PublicKey key) {
        return Ed25519.verify(key, CanonicalJson.ofWithout(document, MEMBER), signature.bytes());
    }
}
