package io.zeroui.testing.acl;

import static io.zeroui.testing.acl.RedisAccess.*;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.channels.Channel;
import io.zeroui.contracts.channels.ChannelCatalogue;
import io.zeroui.contracts.channels.StreamScope;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.util.SafeEncoder;

/**
 * Every key that there is, tried with every command as one login, and compared with what the catalogue's producers and
 * consumers say. It knows nothing of rules.
 */
final class AccessMatrix {

    static final TenantId OWN_TENANT = TenantId.of("tenant-own");
    static final TenantId OTHER_TENANT = TenantId.of("tenant-other");
    static final EdgeId OWN_EDGE = EdgeId.of("edge-own");
    static final EdgeId OTHER_EDGE = EdgeId.of("edge-other");

    private static final Set<RedisAccess> SENDS = EnumSet.of(XADD, XLEN, XINFO_GROUPS);
    private static final Set<RedisAccess> READS = EnumSet.of(XGROUP_CREATE, XREADGROUP, XAUTOCLAIM, XACK, XPENDING,
            XINFO_GROUPS, XLEN, XTRIM);
    private static final Set<RedisAccess> SETS_ASIDE = EnumSet.of(XADD, XLEN);
    private static final Set<RedisAccess> KEEPS = EnumSet.of(GET, SET, INCRBY, DEL, EXPIRE, PEXPIRE, TTL, PTTL, HSET,
            HGETALL);

    private final Map<String, Set<RedisAccess>> allowed = new LinkedHashMap<>();

    private AccessMatrix() {
    }

    /** What a plane's service may do. */
    static AccessMatrix ofPlane(Plane plane) {
        AccessMatrix matrix = of(plane, scope -> true);
        matrix.allow(ChannelCatalogue.privateKeyPrefix(plane) + "counter", KEEPS);
        return matrix;
    }

    /** What the login of the edge {@link #OWN_EDGE} of {@link #OWN_TENANT} may do. */
    static AccessMatrix ofEdge() {
        return of(Plane.IDE, scope -> OWN_TENANT.equals(scope.tenant()) && (scope.edge() == null || OWN_EDGE.equals(scope.edge())));
    }

    private static AccessMatrix of(Plane plane, Predicate<StreamScope> isOwn) {
        AccessMatrix matrix = new AccessMatrix();
        for (Channel channel : ChannelCatalogue.all()) {
            for (Optional<StreamScope> scope : scopes(channel)) {
                boolean own = scope.map(isOwn::test).orElse(true);
                boolean reads = own && channel.consumers().contains(plane);
                Set<RedisAccess> cells = EnumSet.noneOf(RedisAccess.class);
                if (own && channel.producer() == plane) {
                    cells.addAll(SENDS);
                }
                if (reads) {
                    cells.addAll(READS);
                }
                matrix.allow(channel.key(scope.orElse(null)), cells);
                matrix.allow(channel.deadLetterKey(scope.orElse(null)), reads ? SETS_ASIDE : Set.of());
            }
        }
        for (Plane each : Plane.values()) {
            matrix.allow(ChannelCatalogue.privateKeyPrefix(each) + "counter", Set.of());
        }
        for (String key : List.of(ChannelCatalogue.SMOKE_STREAM_KEY, "zeroui:", "zeroui:new-road", "zeroui:ide-receipts",
                "zeroui:ide-receipts-2", "zeroui:tenant-receipt-acks:" + OWN_EDGE, "anything")) {
            matrix.allow(key, Set.of());
        }
        return matrix;
    }

    /** Of every kind of stream that the channel has: of the own and another tenant and of nobody, times both edges. */
    private static List<Optional<StreamScope>> scopes(Channel channel) {
        Stream<StreamScope> tenants = Stream.of(StreamScope.of(OWN_TENANT), StreamScope.of(OTHER_TENANT), StreamScope.UNENROLLED);
        return switch (channel.scope()) {
            case GLOBAL -> List.of(Optional.empty());
            case TENANT -> tenants.map(Optional::of).toList();
            case EDGE -> tenants.flatMap(tenant -> Stream.of(OWN_EDGE, OTHER_EDGE).map(edge -> Optional.of(tenant.of(edge))))
                    .toList();
        };
    }

    private void allow(String key, Set<RedisAccess> cells) {
        allowed.put(key, cells);
    }

    /** Number of cells on keys. */
    int size() {
        return allowed.size() * RedisAccess.values().length;
    }

    /** Tries every cell as {@code login}, with {@code operator} to prepare the keys; what is not as it must be. */
    List<String> violations(Jedis operator, Jedis login) {
        List<String> found = new ArrayList<>();
        allowed.forEach((key, cells) -> RedisAccess.allOn(key, "anything").forEach((access, words) -> {
            prepare(operator, key, access);
            judge(login, words, cells.contains(access)).ifPresent(found::add);
        }));
        for (List<String> words : RedisAccess.WITHOUT_KEY) {
            judge(login, words, false).ifPresent(found::add);
        }
        return found;
    }

    private static Optional<String> judge(Jedis login, List<String> words, boolean mustPass) {
        String outcome = outcome(login, words);
        boolean good = mustPass ? outcome.equals("passes") : outcome.equals("is refused");
        return good ? Optional.empty()
                : Optional.of(String.join(" ", words) + " " + outcome + (mustPass ? ", must pass" : ", must be refused"));
    }

    private static String outcome(Jedis login, List<String> words) {
        ProtocolCommand command = () -> SafeEncoder.encode(words.get(0));
        try {
            login.sendCommand(command, words.stream().skip(1).map(SafeEncoder::encode).toArray(byte[][]::new));
            return "passes";
        } catch (JedisAccessControlException e) {
            return "is refused";
        } catch (JedisDataException e) {
            return "fails with '" + e.getMessage() + "'";
        }
    }

    /** The key as the command wants it: a plain value, or a stream with an entry and, but for its creation, a group. */
    private static void prepare(Jedis operator, String key, RedisAccess access) {
        operator.del(key);
        if (access == HSET || access == HGETALL) {
            operator.hset(key, "a", "0");
        } else if (KEEPS.contains(access)) {
            operator.set(key, "1");
        } else {
            operator.xadd(key, StreamEntryID.NEW_ENTRY, Map.of("n", "0"));
            if (access != XGROUP_CREATE) {
                operator.xgroupCreate(key, "matrix", new StreamEntryID(0, 0), true);
            }
        }
    }
}
