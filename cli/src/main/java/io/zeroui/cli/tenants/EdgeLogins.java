package io.zeroui.cli.tenants;

import io.zeroui.cli.CliFailure;
import io.zeroui.cli.system.RunningSystem;
import io.zeroui.contracts.access.SecretHash;
import io.zeroui.contracts.channels.RedisAcl;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;
import java.net.URI;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ClientKillParams;

/** The edges' own logins of Redis, made with the operators' login of {@code REDIS_URL}. */
final class EdgeLogins {

    private static final int TIMEOUT_MILLIS = 3000;
    private static final int PASSWORD_BYTES = 32;

    private final URI operators;

    EdgeLogins(RunningSystem system) {
        this.operators = system.redis().orElseThrow(() -> new CliFailure("REDIS_URL is not set, so edges cannot get a login",
                "eval \"$(./zeroui env)\", or set REDIS_URL to the operators' login"));
    }

    /** Makes the login of an edge of that tenant, or gives it another password; returns the URL for the edge. Nobody can show it again. */
    String give(TenantId tenant, EdgeId edge) {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        RedisAcl acl = RedisAcl.edge(tenant, edge);
        List<String> rules = new ArrayList<>(
                List.of("reset", "on", "#" + SecretHash.ofSecret(password), "resetkeys", "resetchannels", "-@all"));
        rules.addAll(acl.rules());
        changed(redis -> redis.aclSetUser(acl.user(), rules.toArray(String[]::new)));
        kill(acl.user());
        return "redis://" + acl.user() + ":" + password + "@" + operators.getHost() + ":"
                + (operators.getPort() < 0 ? 6379 : operators.getPort());
    }

    /** Locks the login out and ends its connections, or lets it in again; one that is not there is left so. */
    void allow(EdgeId edge, boolean isAllowed) {
        String user = RedisAcl.edgeUser(edge);
        changed(redis -> exists(redis, user) ? redis.aclSetUser(user, isAllowed ? "on" : "off") : "");
        if (!isAllowed) {
            kill(user);
        }
    }

    /** Removes the login and ends its connections. */
    void remove(EdgeId edge) {
        String user = RedisAcl.edgeUser(edge);
        changed(redis -> redis.aclDelUser(user) + " removed");
    }

    private void kill(String user) {
        changed(redis -> redis.clientKill(new ClientKillParams().user(user)) + " ended");
    }

    private static boolean exists(Jedis redis, String user) {
        return redis.aclUsers().contains(user);
    }

    /** Changes the rules and has Redis keep them. */
    private void changed(Function<Jedis, String> change) {
        try (Jedis redis = new Jedis(operators, TIMEOUT_MILLIS)) {
            String done = change.apply(redis);
            String saved = redis.aclSave();
            assert done != null && saved != null;
        } catch (JedisDataException e) {
            throw new CliFailure("Redis refuses: " + e.getMessage(),
                    "REDIS_URL must be the operators' login, and Redis must have an aclfile");
        } catch (JedisException e) {
            throw new CliFailure("Redis does not answer: " + e.getMessage(), "see ./zeroui status");
        }
    }
}
