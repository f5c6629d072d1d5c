package io.zeroui.tenant.context;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.fabric.ZuRoot;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.tenant.evidence.work.EvidenceWorkers;
import io.zeroui.tenant.registry.RegistryMirror;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jboss.logging.Logger;

/** Removes what deleted tenants had exported. The product plane removes its part by itself. */
@ApplicationScoped
class DeletedContext {

    private static final Logger LOG = Logger.getLogger(DeletedContext.class);

    private final ZuRoot root;
    private final Region region;
    private final RegistryMirror registry;
    private final EvidenceWorkers workers;
    private volatile Map<TenantId, RegistryState> last = Map.of();

    DeletedContext(PlaneConfig plane, RegistryMirror registry, EvidenceWorkers workers) {
        this.root = new ZuRoot(plane.fabric().root());
        this.region = Region.of(plane.region());
        this.registry = registry;
        this.workers = workers;
    }

    @Scheduled(every = "${zeroui.context.look-for-deleted:PT5S}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> remove() {
        Map<TenantId, RegistryState> tenants = registry.known().tenants();
        if (tenants.equals(last)) {
            return Uni.createFrom().voidItem();
        }
        return workers.run(() -> {
            for (Map.Entry<TenantId, RegistryState> tenant : tenants.entrySet()) {
                if (tenant.getValue() == RegistryState.DELETED) {
                    remove(tenant.getKey());
                }
            }
            return tenants;
        })
                .invoke(done -> last = done)
                .onFailure().invoke(failure -> LOG.warnf("the context of deleted tenants is not removed yet: %s", failure))
                .onFailure().recoverWithNull()
                .replaceWithVoid();
    }

    private void remove(TenantId tenant) throws IOException {
        Path folder = root.contextExportsFolder(tenant, region);
        if (Files.isDirectory(folder)) {
            new ExportFiles(folder).removeAll();
            LOG.infof("what %s had exported is removed", tenant);
        }
    }
}
