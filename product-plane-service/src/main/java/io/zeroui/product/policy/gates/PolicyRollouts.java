package io.zeroui.product.policy.gates;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.policy.PolicyVersion;
import io.zeroui.contracts.policy.release.RolloutCounts;
import io.zeroui.runtime.database.DatabaseSchema;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** How the rollouts of released versions stand. */
@ApplicationScoped
public class PolicyRollouts {

    private static final Logger LOG = Logger.getLogger(PolicyRollouts.class);

    private final PolicyCountStore store;
    private final DatabaseSchema schema;
    private final GatesConfig config;
    private final EvaluationVerdicts evaluations;

    PolicyRollouts(PolicyCountStore store, DatabaseSchema schema, GatesConfig config, EvaluationVerdicts evaluations) {
        this.store = store;
        this.schema = schema;
        this.config = config;
        this.evaluations = evaluations;
    }

    /** Reports in the same order; without counts while the database does not answer. */
    public Uni<List<RolloutReport>> reports(TenantId tenant, List<WatchedVersion> versions) {
        return counts(tenant, versions)
                .map(counts -> versions.stream().map(version -> RolloutLook.report(version, counts.get(version.entry().id()), evaluations.now())).toList())
                .onFailure().invoke(cause -> LOG.debugf("reports without counts: %s", cause.getMessage()))
                .onFailure().recoverWithItem(() -> versions.stream().map(version -> RolloutLook.report(version, null, evaluations.now())).toList());
    }

    /** The counts of the versions; fails while the database does not answer. */
    Uni<Map<PolicyVersion, RolloutCounts>> counts(TenantId tenant, List<WatchedVersion> versions) {
        if (versions.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        if (!schema.isReady()) {
            return Uni.createFrom().failure(() -> new IllegalStateException("the database waits for " + schema.state()));
        }
        return store.sums(tenant, versions).ifNoItem().after(config.timeout()).fail();
    }
}
