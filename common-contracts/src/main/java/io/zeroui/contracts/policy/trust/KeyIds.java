package io.zeroui.contracts.policy.trust;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.json.CanonicalJson;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import java.util.HexFormat;

/** Keys as metadata have them (TUF §4.2). */
public final class KeyIds {

    static final String TYPE = "ed25519";

    private KeyIds() {
    }

    /** SHA-256 in hex over the canonical form of the key object. */
    public static String of(Ed25519PublicKey key) {
        return Hash.of(CanonicalJson.of(object(key))).hex();
    }

    /** {@code {"keytype":"ed25519","keyval":{"public":…hex…},"scheme":"ed25519"}}. */
    static ObjectNode object(Ed25519PublicKey key) {
        ObjectNode object = JsonNodeFactory.instance.objectNode().put("keytype", TYPE).put("scheme", TYPE);
        object.putObject("keyval").put("public", HexFormat.of().formatHex(key.raw()));
        return object;
    }
}
