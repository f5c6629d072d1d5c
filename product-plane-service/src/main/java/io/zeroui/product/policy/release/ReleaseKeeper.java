package io.zeroui.product.policy.release;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.vertx.core.Vertx;
import io.zeroui.contracts.identity.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Signs timestamps again while they are fresh, and everything else before it expires. */
@ApplicationScoped
class ReleaseKeeper {

    private static final Logger LOG = Logger.getLogger(ReleaseKeeper.class);

    private final SignedReleases releases;
    private final SigningConfig config;
    private final Vertx vertx;
    private final AtomicBoolean busy = new AtomicBoolean();
    private volatile long timer;

    ReleaseKeeper(SignedReleases releases, SigningConfig config, Vertx vertx) {
        this.releases = releases;
        this.config = config;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        if (config.keys().filter(path -> !path.toString().isBlank()).isPresent()) {
            timer = vertx.setPeriodic(1, config.look().toMillis(), id -> look());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        vertx.cancelTimer(timer);
    }

    private void look() {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        releases.tenants().onItem().transformToMulti((List<TenantId> tenants) -> Multi.createFrom().iterable(tenants))
                .onItem().transformToUniAndConcatenate(tenant -> releases.refresh(tenant)
                        .onFailure().invoke(failure -> LOG.errorf(failure, "the policies of %s are not signed again", tenant))
                        .onFailure().recoverWithNull())
                .collect().last()
                .onTermination().invoke(() -> busy.set(false))
                .subscribe().with(done -> {
                }, failure -> LOG.error("policies are not signed again", failure));
    }
}
