package io.zeroui.shared.providers;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.rulings.RulingsCodec;
import io.zeroui.contracts.signature.DocumentSigner;
import io.zeroui.contracts.signature.Ed25519KeyPair;

/** Documents of a registry, as tests sign them. */
public final class Documents {

    /** SHA-256 of an artifact that nobody has. */
    public static final String SHA = "ab".repeat(32);

    private Documents() {
    }

    /** A provider. */
    public static ObjectNode provider(String name) {
        return entry("provider", name, "1").put("offers", "llm").put("title", "Somebody");
    }

    /** A model that is offered everywhere and takes confidential data. */
    public static ObjectNode model(String name, String version) {
        ObjectNode model = entry("model", name, version).put("provider", name.substring(0, name.indexOf('/')));
        model.putArray("capabilities").add("chat");
        model.putArray("regions").add("*");
        model.putArray("prices").addObject().put("unit", "input-tokens").put("per", 1_000_000).put("amount", "2.50").put("currency", "USD");
        model.putObject("terms").put("accepts", "confidential").put("training", false).put("retention_days", 30);
        return model;
    }

    /** An adapter that works with all models. */
    public static ObjectNode adapter(String name, String version) {
        ObjectNode adapter = entry("adapter", name, version).put("sha256", SHA);
        adapter.putArray("compatible").addObject().put("model", "*").put("versions", "*");
        return adapter;
    }

    /** The document with a signature under it. */
    public static ObjectNode signed(ObjectNode document, Ed25519KeyPair keys) {
        ObjectNode signed = document.deepCopy();
        return signed.put("signature", DocumentSigner.signature(document, RulingsCodec.kid(keys.publicKey()), keys.privateKey()).format());
    }

    private static ObjectNode entry(String kind, String name, String version) {
        return JsonNodeFactory.instance.objectNode().put("kind", kind).put("name", name).put("version", version);
    }
}
