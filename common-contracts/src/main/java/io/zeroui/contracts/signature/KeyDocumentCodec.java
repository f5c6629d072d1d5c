package io.zeroui.contracts.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.json.InvalidJson;
import io.zeroui.contracts.json.JsonLimits;
import io.zeroui.contracts.json.StrictJson;
import io.zeroui.contracts.signature.KeyDocument.Origin;
import io.zeroui.contracts.signature.KeyDocument.Revocation;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Key documents as JSON. Format 1: {@code v} (1), {@code kid}, and, where they apply, {@code fingerprint}, {@code valid_from},
 * {@code valid_until}, {@code revoked_at} with {@code reason} and {@code compromised_since} (which is {@code revoked_at} where it
 * is missing), {@code replaced_by}, {@code registry_epoch} with {@code registry_version}; times as in RFC 3339 in UTC. A member
 * that is not known is refused: it might say that the key is not to be believed.
 */
public final class KeyDocumentCodec {

    /** Largest document. */
    public static final int MAX_BYTES = 4_096;

    private static final int VERSION = 1;
    private static final JsonLimits LIMITS = new JsonLimits(MAX_BYTES, 1, 512, 20, 16);
    private static final Set<String> MEMBERS = Set.of("v", "kid", "fingerprint", "valid_from", "valid_until", "revoked_at",
            "compromised_since", "reason", "replaced_by", "registry_epoch", "registry_version");

    private KeyDocumentCodec() {
    }

    /** The document as one line, ended by a line feed. */
    public static byte[] write(KeyDocument document) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("v", VERSION)
                .put("kid", document.kid().value());
        put(json, "fingerprint", document.fingerprint());
        put(json, "valid_from", document.validFrom());
        put(json, "valid_until", document.validUntil());
        Revocation revocation = document.revocation();
        if (revocation != null) {
            put(json, "revoked_at", revocation.at());
            put(json, "compromised_since", revocation.compromisedSince());
            json.put("reason", revocation.reason());
        }
        put(json, "replaced_by", document.replacedBy());
        Origin origin = document.origin();
        if (origin != null) {
            json.put("registry_epoch", origin.epoch()).put("registry_version", origin.version());
        }
        return (json + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads the document of a key. Line feeds between members are allowed: people write such files too.
     *
     * @throws IllegalArgumentException when it is not a document of that key in a known version
     */
    public static KeyDocument read(Kid kid, byte[] bytes) {
        byte[] line = bytes.clone();
        for (int i = 0; i < line.length; i++) {
            line[i] = line[i] == '\n' || line[i] == '\r' ? (byte) ' ' : line[i];
        }
        try {
            return read(kid, StrictJson.parseObject(line, LIMITS));
        } catch (InvalidJson e) {
            throw new IllegalArgumentException("not a key document: " + e.detail(), e);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a key document with a time that is none", e);
        }
    }

    private static KeyDocument read(Kid kid, ObjectNode json) {
        json.fieldNames().forEachRemaining(name -> {
            if (!MEMBERS.contains(name)) {
                throw new IllegalArgumentException("a key document with a member that is not known");
            }
        });
        if (number(json, "v") != VERSION) {
            throw new IllegalArgumentException("a key document of version " + number(json, "v"));
        }
        if (!kid.value().equals(text(json, "kid"))) {
            throw new IllegalArgumentException("the document of another key");
        }
        String replacedBy = text(json, "replaced_by");
        return new KeyDocument(kid, text(json, "fingerprint"), time(json, "valid_from"), time(json, "valid_until"),
                revocation(json), replacedBy == null ? null : Kid.of(replacedBy), origin(json));
    }

    private static @Nullable Revocation revocation(ObjectNode json) {
        Instant at = time(json, "revoked_at");
        Instant since = time(json, "compromised_since");
        if (at == null) {
            if (since != null || json.has("reason")) {
                throw new IllegalArgumentException("a key document with half a revocation");
            }
            return null;
        }
        return new Revocation(at, since == null ? at : since, required(json, "reason"));
    }

    private static @Nullable Origin origin(ObjectNode json) {
        String epoch = text(json, "registry_epoch");
        if (epoch == null) {
            if (json.has("registry_version")) {
                throw new IllegalArgumentException("a key document with half an origin");
            }
            return null;
        }
        return new Origin(epoch, number(json, "registry_version"));
    }

    private static void put(ObjectNode json, String member, @Nullable Object value) {
        if (value != null) {
            json.put(member, value.toString());
        }
    }

    private static String required(ObjectNode json, String member) {
        String text = text(json, member);
        if (text == null) {
            throw new IllegalArgumentException("a key document without " + member);
        }
        return text;
    }

    private static @Nullable String text(ObjectNode json, String member) {
        JsonNode value = json.get(member);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw new IllegalArgumentException(member + " in a key document is no text");
        }
        return value.textValue();
    }

    private static @Nullable Instant time(ObjectNode json, String member) {
        String text = text(json, member);
        return text == null ? null : Instant.parse(text);
    }

    private static long number(ObjectNode json, String member) {
        JsonNode value = json.get(member);
        if (value == null || !value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException(member + " in a key document is no number");
        }
        return value.longValue();
    }
}
