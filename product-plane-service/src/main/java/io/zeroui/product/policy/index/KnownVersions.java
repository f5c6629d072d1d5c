package io.zeroui.product.policy.index;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.product.policy.registry.PolicyConfig;
import io.zeroui.product.policy.registry.PolicyRegistry;
import io.zeroui.product.reports.VersionNames;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.jboss.logging.Logger;

/** Names of versions from the registry; from the index, which may not have the newest ones yet, where the registry cannot be read. */
@ApplicationScoped
class KnownVersions implements VersionNames {

    private static final Logger LOG = Logger.getLogger(KnownVersions.class);

    private final PolicyRegistry registry;
    private final PolicyIndexStore store;
    private final PolicyConfig config;

    KnownVersions(PolicyRegistry registry, PolicyIndexStore store, PolicyConfig config) {
        this.registry = registry;
        this.store = store;
        this.config = config;
    }

    @Override
    public Uni<Set<String>> known(TenantId tenant, Set<String> named) {
        return Uni.createFrom().item(() -> registry.book(tenant).known(named))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .ifNoItem().after(config.indexTimeout()).fail()
                .onFailure().invoke(cause -> LOG.warnf("receipts of %s count for the versions that are indexed: %s", tenant, cause.getMessage()))
                .onFailure().recoverWithUni(() -> store.known(tenant, named));
    }
}
