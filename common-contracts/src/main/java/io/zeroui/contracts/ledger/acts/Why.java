package io.zeroui.contracts.ledger.acts;

import com.fasterxml.jackson.databind.node.TextNode;
import io.zeroui.contracts.metadata.Finding;
import io.zeroui.contracts.metadata.MetadataOnlyRule;
import org.jspecify.annotations.Nullable;

/**
 * Why something is done to a ledger. It stays for ever, so the texts must not be personal data themselves.
 *
 * @param by the caller, as credentials name him: {@code key:…} or {@code token:…}
 * @param reason in words
 * @param caseId the request or case it belongs to; empty where there is none
 */
public record Why(String by, String reason, String caseId) {

    /** Most characters of a reason. */
    public static final int MAX_REASON = 500;
    /** Most characters of a case's id. */
    public static final int MAX_CASE = 128;
    private static final int MAX_BY = 256;

    /**
     * What is wrong with a text for people, in words that do not quote it; null when it is good.
     *
     * @param most characters it may have
     */
    public static @Nullable String fault(String text, int most) {
        if (text.isBlank() || text.length() > most) {
            return "must have 1 to " + most + " characters";
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            return "must not contain control characters";
        }
        Finding finding = MetadataOnlyRule.find(TextNode.valueOf(text));
        return finding == null ? null : "must not contain " + finding.what() + ": it stays in the ledger for ever";
    }

    /** As {@link #by}, at most so long that a journal line has room for it. */
    public static Why of(String by, String reason, String caseId) {
        return new Why(by.length() > MAX_BY ? by.substring(0, MAX_BY) : by, reason, caseId);
    }
}
