package io.zeroui.contracts.policy.lifecycle;

import com.fasterxml.jackson.databind.node.TextNode;
import io.zeroui.contracts.metadata.Finding;
import io.zeroui.contracts.metadata.MetadataOnlyRule;
import io.zeroui.contracts.policy.PolicyVersion;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One act in the history of a tenant's policies. It stays for ever.
 *
 * @param number of the tenant's acts, from 1 without a gap
 * @param at when
 * @param by who, as credentials name the caller: {@code key:…} or {@code token:…}, 1 to 256 characters
 * @param reason why, in words; empty where nothing was said
 * @param policy to which version of which policy
 * @param deed what
 */
public record PolicyAct(long number, Instant at, String by, String reason, PolicyVersion policy, Deed deed) {

    /** Most characters of a reason. */
    public static final int REASON_MOST = 500;
    /** Most characters of who. */
    public static final int BY_MOST = 256;

    public PolicyAct {
        if (number < 1) {
            throw new IllegalArgumentException("acts are numbered from 1");
        }
        if (by.isBlank() || by.length() > BY_MOST) {
            throw new IllegalArgumentException("an act says by whom, in at most " + BY_MOST + " characters");
        }
        String fault = faultOfReason(reason);
        if (fault != null) {
            throw new IllegalArgumentException("reason " + fault);
        }
    }

    /** What is wrong with a reason, in words that do not quote it; null when it is good. An empty one is. */
    public static @Nullable String faultOfReason(String reason) {
        if (reason.length() > REASON_MOST) {
            return "must have at most " + REASON_MOST + " characters";
        }
        if (reason.chars().anyMatch(Character::isISOControl)) {
            return "must not contain control characters";
        }
        Finding finding = MetadataOnlyRule.find(TextNode.valueOf(reason));
        return finding == null ? null : "must not contain " + finding.what() + ": it stays for ever";
    }
}
