package io.zeroui.runtime.streams;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.zeroui.runtime.PlaneConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** Says once, after the start, when the service's login of Redis may do more than the catalogue gives its plane. */
@ApplicationScoped
class RedisLoginCheck {

    private static final Logger LOG = Logger.getLogger(RedisLoginCheck.class);
    private static final int TRIES = 20;

    private final Redis redis;
    private final StreamsConfig config;
    private final PlaneConfig plane;

    RedisLoginCheck(Redis redis, StreamsConfig config, PlaneConfig plane) {
        this.redis = redis;
        this.config = config;
        this.plane = plane;
    }

    void start(@Observes StartupEvent event) {
        mayDoMore()
                .onFailure().retry().withBackOff(config.backoffMost()).atMost(TRIES)
                .subscribe().with(this::warn, failure -> LOG.debugf("what the login of Redis may do is not known: %s",
                        failure));
    }

    /** Whether a command passes that no plane's rules have; fails when Redis does not answer. */
    Uni<Boolean> mayDoMore() {
        return redis.send(Request.cmd(Command.ACL).arg("WHOAMI"))
                .ifNoItem().after(config.timeout()).fail()
                .map(user -> true)
                .onFailure(RedisFailures::isForbidden).recoverWithItem(false);
    }

    private void warn(boolean more) {
        if (more) {
            LOG.warnf("the login of Redis may do more than the %s plane needs: whoever takes over this service reads and "
                    + "writes every channel. deploy/redis/users.acl has the rules of a login of its own", plane.plane());
        }
    }
}
