package io.zeroui.ide.policy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.policy.Enforcement;
import io.zeroui.contracts.policy.overlay.OverlayRule;
import io.zeroui.contracts.policy.release.FailMode;
import io.zeroui.ide.policy.ActivePolicies.ActivePolicy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A policy as a gate wants it.
 *
 * @param policyId its id
 * @param version its version
 * @param policyVersionId as receipts name it in {@code policy_version_ids}
 * @param snapshotHash as receipts name it in {@code snapshot_hash}
 * @param state {@code active}; {@code stale} while nobody has said for too long that it is the newest; {@code killed} while it is switched off
 * @param enforcement the worst that a gate decides by it: {@code observe}, {@code warn}, {@code soft_block} or {@code hard_block}, as it was signed or
 *            as the tenant made it stricter; absent where nothing was said
 * @param failMode what a gate does while the state is {@code stale}, or the policy is not there: {@code open} lets pass, {@code closed} blocks
 * @param killedUntil until when it is switched off; absent where it is not
 * @param overlay what the tenant adds to what was signed; absent for nothing
 * @param metadata of the snapshot
 * @param content of the snapshot; absent in a list
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ActivePolicyView(String policyId, String version, String policyVersionId, String snapshotHash, String state,
        @Nullable String enforcement, String failMode, @Nullable Instant killedUntil, @Nullable OverlayRule overlay,
        @Nullable JsonNode metadata, @Nullable JsonNode content) {

    static ActivePolicyView of(ActivePolicy policy, boolean fresh, Instant now, boolean whole) {
        Instant killed = policy.terms().killedUntil();
        boolean isKilled = killed != null && now.isBefore(killed);
        Enforcement enforcement = policy.enforcement();
        FailMode mode = policy.terms().failMode();
        return new ActivePolicyView(policy.id().policyId(), policy.id().version(), policy.id().id(), policy.snapshotHash(),
                isKilled ? "killed" : fresh ? "active" : "stale", enforcement == null ? null : enforcement.key(), mode.key(),
                isKilled ? killed : null, policy.added(), policy.snapshot().get("metadata"),
                whole ? policy.snapshot().get("policy_content") : null);
    }
}
