package io.zeroui.contracts.metadata;

import java.util.Iterator;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import com.fasterxml.jackson.databind.JsonNode;

import io.zeroui.contracts.metadata.Finding.Kind;

/** Looks through a document for source code, secrets and personal data. */
public final class MetadataOnlyRule {

    /** The member of signed documents that is not content. */
    private static final String SIGNATURE = "signature";

    private MetadataOnlyRule() {
    }

    /** The first violation, or null when there is none. The document's own {@code signature} is not looked at. */
    public static @Nullable Finding find(JsonNode document) {
        return document.isObject() ? inObject(document, true) : inNode(document, "");
    }

    private static @Nullable Finding inNode(JsonNode node, String name) {
        return switch (node.getNodeType()) {
            case STRING -> inText(node.textValue(), name);
            case OBJECT -> inObject(node, false);
            case ARRAY -> inArray(node, name);
            case NUMBER -> inNumber(node);
            default -> null;
        };
    }

    private static @Nullable Finding inObject(JsonNode object, boolean root) {
        Iterator<Map.Entry<String, JsonNode>> members = object.fields();
        while (members.hasNext()) {
            Map.Entry<String, JsonNode> member = members.next();
            String name = member.getKey();
            if (root && name.equals(SIGNATURE)) {
                continue;
            }
            Finding inName = inText(name, "");
            if (inName != null) {
                return new Finding(inName.kind(), inName.what() + " in the name of a member", "");
            }
            Finding inValue = inNode(member.getValue(), name);
            if (inValue != null) {
                return below(inValue, name);
            }
        }
        return null;
    }

    private static @Nullable Finding inArray(JsonNode array, String name) {
        for (int i = 0; i < array.size(); i++) {
            Finding finding = inNode(array.get(i), name);
            if (finding != null) {
                return below(finding, Integer.toString(i));
            }
        }
        return null;
    }

    private static @Nullable Finding inNumber(JsonNode number) {
        boolean card = number.isIntegralNumber() && number.canConvertToLong()
                && PaymentCards.isCardNumber(number.longValue());
        return card ? new Finding(Kind.PERSONAL_DATA, "a payment card number", "") : null;
    }

    private static @Nullable Finding inText(String text, String name) {
        int traits = Traits.of(text);
        // secrets first: a password in a URL looks like a mail address
        String what = Secrets.find(text, traits, name);
        if (what != null) {
            return new Finding(Kind.SECRET, what, "");
        }
        what = PersonalData.find(text, traits, name);
        if (what != null) {
            return new Finding(Kind.PERSONAL_DATA, what, "");
        }
        what = SourceCode.find(text, traits, name);
        return what == null ? null : new Finding(Kind.SOURCE_CODE, what, "");
    }

    /** Paths are built from the finding outwards, so that a document without one costs nothing for them. */
    private static Finding below(Finding finding, String component) {
        String escaped = component.replace("~", "~0").replace("/", "~1");
        return new Finding(finding.kind(), finding.what(), "/" + escaped + finding.path());
    }
}
