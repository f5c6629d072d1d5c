package io.zeroui.contracts.rulings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.signature.DocumentSigner;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.ReceiptSignature;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whose rulings are believed, and after which others. Immutable. */
public final class RulingsTrust {

    private final Map<Kid, Ed25519PublicKey> keys;

    /** These keys are pinned: rulings that one of them has signed are believed. */
    public RulingsTrust(Collection<Ed25519PublicKey> pinned) {
        Map<Kid, Ed25519PublicKey> byKid = new HashMap<>();
        pinned.forEach(key -> byKid.put(RulingsCodec.kid(key), key));
        keys = Map.copyOf(byKid);
    }

    /** The ids of the pinned keys. */
    public List<Kid> kids() {
        return keys.keySet().stream().sorted((a, b) -> a.value().compareTo(b.value())).toList();
    }

    /**
     * Judges a document.
     *
     * @param document as it came
     * @param before what is believed; null for nothing yet
     * @return what is to be believed now; {@code before} itself where the document is the same one again
     * @throws RulingsRefused when it is not to be believed. Whether it has expired is not asked
     */
    public SignedRulings judge(byte[] document, @Nullable SignedRulings before) throws RulingsRefused {
        ObjectNode parsed = RulingsCodec.parse(document);
        verify(parsed);
        SignedRulings next = SignedRulings.of(RulingsCodec.read(parsed), document);
        if (before == null) {
            return next;
        }
        if (next.hash().equals(before.hash())) {
            return before;
        }
        if (!next.rulings().organisation().equals(before.rulings().organisation())) {
            throw new RulingsRefused(RulingsObjection.WRONG_ORGANISATION, "of another organisation");
        }
        if (before.rulings().isNewerThan(next.rulings())) {
            throw new RulingsRefused(RulingsObjection.ROLLBACK, name(next.rulings()) + " after " + name(before.rulings()));
        }
        if (!next.rulings().isNewerThan(before.rulings())) {
            throw new RulingsRefused(RulingsObjection.EQUIVOCATION, "another document of " + name(next.rulings()));
        }
        return next;
    }

    private void verify(ObjectNode document) throws RulingsRefused {
        ReceiptSignature signature;
        try {
            signature = ReceiptSignature.parse(document.path(DocumentSigner.MEMBER).asText());
        } catch (IllegalArgumentException e) {
            throw new RulingsRefused(RulingsObjection.MALFORMED, "without a signature");
        }
        Ed25519PublicKey key = keys.get(signature.kid());
        if (key == null) {
            throw new RulingsRefused(RulingsObjection.UNKNOWN_KEY, "signed with " + signature.kid());
        }
        if (!DocumentSigner.verify(document, signature, key)) {
            throw new RulingsRefused(RulingsObjection.BAD_SIGNATURE, "not signed by " + signature.kid());
        }
    }

    private static String name(Rulings rulings) {
        return "version " + rulings.version() + " of epoch " + rulings.epoch();
    }
}
