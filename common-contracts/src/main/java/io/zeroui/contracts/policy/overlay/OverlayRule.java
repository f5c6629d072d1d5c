package io.zeroui.contracts.policy.overlay;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.boundaries.Carries;
import io.zeroui.contracts.boundaries.DataClass;
import io.zeroui.contracts.events.InvalidEvent;
import io.zeroui.contracts.policy.Enforcement;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.release.FailMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant adds to one policy, whatever version of it an edge has.
 *
 * @param policyId of which policy
 * @param enforcement key of the least that it enforces ({@link Enforcement}); null where that stays as it was signed
 * @param failMode {@code closed}, or null where that stays as it was signed
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
@Carries(DataClass.POLICY)
public record OverlayRule(String policyId, @Nullable String enforcement, @Nullable String failMode) {

    public OverlayRule {
        try {
            boolean isEmpty = enforcement == null && failMode == null;
            if (policyId == null || isEmpty || !new PolicyVersion(policyId, "0").policyId().equals(policyId)
                    || enforcement != null && Enforcement.ofKey(enforcement) == Enforcement.OBSERVE
                    || failMode != null && FailMode.ofKey(failMode) == FailMode.OPEN) {
                throw new InvalidEvent("a rule of an overlay that makes nothing stricter");
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidEvent("not a rule of an overlay: " + e.getMessage(), e);
        }
    }

    /**
     * The worst that a gate decides by a policy: what was signed, or more where the tenant wants more; empty where neither says anything.
     *
     * @param signed what the snapshot has; anything that is no key of an {@link Enforcement} is nothing
     * @param added what the tenant adds; null for nothing
     */
    public static Optional<Enforcement> enforced(String signed, @Nullable OverlayRule added) {
        Optional<Enforcement> known = Enforcement.find(signed);
        return added == null || added.enforcement() == null ? known
                : Optional.of(added.strengthen(known.orElse(Enforcement.OBSERVE)));
    }

    /** What is enforced where this was signed; never less. */
    public Enforcement strengthen(Enforcement signed) {
        Enforcement least = enforcement == null ? signed : Enforcement.ofKey(enforcement);
        return least.compareTo(signed) > 0 ? least : signed;
    }

    /** What a gate does without the policy where this was signed; never more lenient. */
    public FailMode strengthen(FailMode signed) {
        return failMode == null ? signed : FailMode.CLOSED;
    }

    /** Whether it changes anything where these were signed. */
    public boolean isStricterThan(Enforcement signed, FailMode mode) {
        return strengthen(signed) != signed || strengthen(mode) != mode;
    }
}
