package io.zeroui.contracts.rulings.names;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.zeroui.contracts.json.CanonicalJson;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519PrivateKey;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import java.util.Base64;

/**
 * The statement by which the holder of a key proves that he wants it to stand for a namespace, and by which who holds the namespace above
 * agrees: Ed25519 over the canonical form of {@code {"namespace":…,"organisation":…,"public_key":…,"schema":"zeroui.namespace.v1"}}.
 *
 * @param organisation in whose registry
 * @param namespace a name; whoever holds it may register it and everything below
 * @param key the key that will stand for it
 */
public record NamespaceProof(String organisation, String namespace, Ed25519PublicKey key) {

    private static final String SCHEMA = "zeroui.namespace.v1";

    public NamespaceProof {
        ResourceName.require(namespace);
    }

    private byte[] statement() {
        return CanonicalJson.of(JsonNodeFactory.instance.objectNode().put("schema", SCHEMA).put("organisation", organisation)
                .put("namespace", namespace).put("public_key", key.base64()));
    }

    /** A signature under the statement, base64. */
    public String sign(Ed25519PrivateKey signer) {
        return Base64.getEncoder().encodeToString(Ed25519.sign(signer, statement()));
    }

    /** Whether a text is a signature of that key under the statement. */
    public boolean isSignedBy(Ed25519PublicKey signer, String base64) {
        try {
            return Ed25519.verify(signer, statement(), Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
