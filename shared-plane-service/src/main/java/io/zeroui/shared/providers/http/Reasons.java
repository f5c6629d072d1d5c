package io.zeroui.shared.providers.http;

import com.fasterxml.jackson.databind.node.TextNode;
import io.zeroui.contracts.metadata.Finding;
import io.zeroui.contracts.metadata.MetadataOnlyRule;
import org.jspecify.annotations.Nullable;

/** Why somebody does something; it is kept for ever, so it is metadata too. */
final class Reasons {

    private static final int MAX_LENGTH = 500;

    private Reasons() {
    }

    /** A reason of 1 to 500 characters without a secret, personal data or source code. */
    static String required(@Nullable String reason) {
        String text = Pages.required("reason", reason);
        if (text.isBlank() || text.length() > MAX_LENGTH || text.chars().anyMatch(Character::isISOControl)) {
            throw Pages.wrong("reason", "reason has 1 to " + MAX_LENGTH + " characters and no control characters");
        }
        Finding finding = MetadataOnlyRule.find(TextNode.valueOf(text));
        if (finding != null) {
            throw Pages.wrong("reason", "the registry keeps metadata only, and there is " + finding.what());
        }
        return text;
    }
}
