package io.zeroui.contracts.policy.trust;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.json.CanonicalJson;
import io.zeroui.contracts.json.InvalidJson;
import io.zeroui.contracts.json.JsonLimits;
import io.zeroui.contracts.json.StrictJson;
import io.zeroui.contracts.signature.Ed25519;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A document with signatures: {@code {"signatures":[{"keyid":…,"sig":…hex…}],"signed":{…}}} (TUF §4.2), of which every
 * signature is over the canonical form of {@code signed}.
 */
final class SignedMetadata {

    /** More signatures than any role can want; each costs a verification. */
    private static final int MAX_SIGNATURES = 64;

    private final ObjectNode signed;
    private final byte[] canonical;
    private final List<Signature> signatures;

    private record Signature(String keyId, byte[] bytes) {
    }

    private SignedMetadata(ObjectNode signed, byte[] canonical, List<Signature> signatures) {
        this.signed = signed;
        this.canonical = canonical;
        this.signatures = signatures;
    }

    /** The part that is signed. */
    ObjectNode signed() {
        return signed;
    }

    /** @throws PolicyRefused when it is too large or not of this form */
    static SignedMetadata parse(byte[] document, JsonLimits limits) throws PolicyRefused {
        if (document.length > limits.maxBytes()) {
            throw new PolicyRefused(PolicyObjection.TOO_LARGE, document.length + " bytes");
        }
        try {
            ObjectNode object = StrictJson.parseObject(document, limits);
            if (!(object.get("signed") instanceof ObjectNode signed) || !(object.get("signatures") instanceof ArrayNode list)
                    || list.size() > MAX_SIGNATURES) {
                throw new PolicyRefused(PolicyObjection.MALFORMED, "not signed metadata");
            }
            List<Signature> signatures = new ArrayList<>();
            for (JsonNode one : list) {
                signatures.add(new Signature(one.path("keyid").asText(), HexFormat.of().parseHex(one.path("sig").asText())));
            }
            return new SignedMetadata(signed, CanonicalJson.of(signed), signatures);
        } catch (InvalidJson | IllegalArgumentException e) {
            throw new PolicyRefused(PolicyObjection.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    /** @throws PolicyRefused when fewer of the role's keys have signed than its threshold; each counts once */
    void require(Role role, Map<String, Ed25519PublicKey> keys) throws PolicyRefused {
        Set<String> good = new HashSet<>();
        for (Signature signature : signatures) {
            Ed25519PublicKey key = role.keyIds().contains(signature.keyId()) ? keys.get(signature.keyId()) : null;
            if (key != null && !good.contains(signature.keyId()) && Ed25519.verify(key, canonical, signature.bytes())) {
                good.add(signature.keyId());
            }
        }
        if (good.size() < role.threshold()) {
            throw new PolicyRefused(PolicyObjection.TOO_FEW_SIGNATURES, good.size() + " of " + role.threshold() + " signatures are good");
        }
    }

    /** The document, signed by these. */
    static byte[] sign(ObjectNode signed, List<MetadataSigner> signers) {
        byte[] canonical = CanonicalJson.of(signed);
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode signatures = document.putArray("signatures");
        for (MetadataSigner signer : signers) {
            signatures.addObject().put("keyid", KeyIds.of(signer.publicKey()))
                    .put("sig", HexFormat.of().formatHex(signer.sign(canonical)));
        }
        document.set("signed", signed);
        return CanonicalJson.of(document);
    }
}
