package io.zeroui.bench.policies;

import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.delivery.PolicyAsked;
import io.zeroui.contracts.policy.delivery.PolicyDelivered;
import io.zeroui.contracts.policy.delivery.PolicyReceiver;
import io.zeroui.contracts.policy.delivery.PolicyReceiver.Received;
import io.zeroui.contracts.policy.trust.Metadata.Targets;
import io.zeroui.contracts.policy.trust.PolicyRefused;
import io.zeroui.contracts.policy.trust.PolicyTrust;
import io.zeroui.contracts.receipts.Hash;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An edge that verifies as a real one does, and keeps in memory what a real one writes. */
final class SimulatedEdge {

    private final TenantId tenant;
    private final EdgeId id;
    private final Map<PolicyVersion, byte[]> snapshots;
    private PolicyReceiver receiver;

    private SimulatedEdge(TenantId tenant, EdgeId id, Map<PolicyVersion, byte[]> snapshots, PolicyReceiver receiver) {
        this.tenant = tenant;
        this.id = id;
        this.snapshots = snapshots;
        this.receiver = receiver;
    }

    static SimulatedEdge enrolled(TenantId tenant, EdgeId id, byte[] anchor) throws PolicyRefused {
        Map<PolicyVersion, byte[]> snapshots = new HashMap<>();
        return new SimulatedEdge(tenant, id, snapshots, PolicyReceiver.begin(tenant, anchor, null, (policy, hash) -> found(snapshots, policy, hash)));
    }

    private static byte @Nullable [] found(Map<PolicyVersion, byte[]> snapshots, PolicyVersion policy, Hash hash) {
        byte[] bytes = snapshots.get(policy);
        return bytes != null && Hash.of(bytes).equals(hash) ? bytes : null;
    }

    /** The key of its stream. */
    String stream() {
        return ChannelCatalogue.TENANT_POLICY.key(StreamScope.of(tenant).of(id));
    }

    /** Takes a delivery: the version of the release that is active then. */
    long take(PolicyDelivered delivery) throws PolicyRefused {
        Received received = receiver.take(delivery, Instant.now());
        if (received != null) {
            snapshots.putAll(received.policies());
            receiver.commit(received);
        }
        return release();
    }

    /** Verifies again what it has, as at a start. */
    void restart(byte[] anchor) throws PolicyRefused {
        receiver = PolicyReceiver.begin(tenant, anchor, receiver.committed(), (policy, hash) -> found(snapshots, policy, hash));
    }

    long release() {
        PolicyTrust active = receiver.active();
        Targets targets = active == null ? null : active.targets();
        return targets == null ? 0 : targets.version();
    }

    PolicyAsked ask(boolean whole) {
        PolicyTrust active = receiver.active();
        long timestamp = active == null || active.timestamp() == null ? 0 : active.timestamp().version();
        return new PolicyAsked(tenant.value(), id.value(), receiver.believed().root().version(), release(), timestamp, whole,
                receiver.isFresh(Instant.now()), null, null, Instant.now());
    }
}
