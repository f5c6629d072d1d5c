package io.zeroui.product.policy;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.product.policy.gates.RolloutGatekeeper;
import io.zeroui.product.policy.index.PolicyIndexer;
import io.zeroui.product.policy.publication.ReleasePublisher;
import io.zeroui.product.policy.registry.SnapshotSigner;
import java.util.List;

/**
 * How the policies are.
 *
 * @param snapshotKey id of the key that signs snapshots, or why there is none
 * @param unpublished tenants whose policies are still to be published, and why; at most 100
 * @param published whether there are none, and every tenant was asked for since the start
 * @param caughtUp whether every act is indexed
 * @param indexFailure why not; empty where that is not known
 * @param gates how the gates of released versions are
 */
@JsonNaming(SnakeCaseStrategy.class)
public record LifecycleStatus(String snapshotKey, List<ReleasePublisher.Unpublished> unpublished, boolean published, boolean caughtUp,
        String indexFailure, RolloutGatekeeper.Status gates) {

    private static final int MOST = 100;

    /** As it is now. */
    public static LifecycleStatus of(SnapshotSigner signer, ReleasePublisher publisher, PolicyIndexer indexer,
            RolloutGatekeeper gatekeeper) {
        List<ReleasePublisher.Unpublished> open = publisher.unpublished();
        return new LifecycleStatus(signer.kid().map(kid -> kid.value()).orElse("none: ZEROUI_POLICY_SNAPSHOT_KEY is not set"),
                open.stream().limit(MOST).toList(), open.isEmpty() && publisher.isStarted(), indexer.isCaughtUp(), indexer.failure(),
                gatekeeper.status());
    }
}
