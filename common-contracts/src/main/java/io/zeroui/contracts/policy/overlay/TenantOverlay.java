package io.zeroui.contracts.policy.overlay;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.boundaries.Carries;
import io.zeroui.contracts.boundaries.DataClass;
import io.zeroui.contracts.events.EventJson;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.receipts.Hash;
import java.util.List;
import java.util.Optional;

/**
 * All that a tenant adds to its policies. Never partial: a newer one is in the place of an older one.
 *
 * @param epoch of whose versions this is one: whoever lost its versions begins another
 * @param version from 1, one more with each change
 * @param rules at most one for each policy
 */
@JsonNaming(SnakeCaseStrategy.class)
@Carries(DataClass.POLICY)
public record TenantOverlay(String epoch, long version, List<OverlayRule> rules) {

    /** Most policies that an overlay names. */
    public static final int RULES_MOST = 1_000;
    private static final int EPOCH_MOST = 64;
    private static final int HASH_DIGITS = 16;

    public TenantOverlay {
        if (epoch == null || epoch.isEmpty() || epoch.length() > EPOCH_MOST || version < 1 || rules == null || rules.size() > RULES_MOST
                || rules.stream().map(OverlayRule::policyId).distinct().count() != rules.size()) {
            throw new InvalidEvent("an overlay without epoch or version, or with two rules for a policy");
        }
        rules = List.copyOf(rules);
    }

    /** The rule of a policy. */
    public Optional<OverlayRule> of(String policyId) {
        return rules.stream().filter(rule -> rule.policyId().equals(policyId)).findFirst();
    }

    /** As whoever has it says so: {@code {epoch}:{version}:{hash}}; after a tenant's files were restored, a version can come twice. */
    public String id() {
        return epoch + ":" + version + ":" + Hash.of(EventJson.write(this)).hex().substring(0, HASH_DIGITS);
    }
}
