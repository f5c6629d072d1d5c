package io.zeroui.contracts.channels;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one login of Redis (7.0 or newer) may do: exactly the catalogue's roads, and the plane's private keys. Every kind
 * of access is a selector of its own, so that the commands of one never meet the keys of another. There is no command
 * that takes content from a stream without a consumer group: {@code XREAD}, {@code XRANGE} and {@code XINFO STREAM} are
 * nobody's, because the writers of a channel share its stream and must not read each other.
 *
 * @param user name of the login
 * @param rules what follows {@code resetkeys resetchannels -@all} in {@code ACL SETUSER}; a selector is one rule
 */
public record RedisAcl(String user, List<String> rules) {

    private static final String CONNECTION = "+ping +hello +auth +client|setname +client|setinfo";
    private static final String PUBLISH = "+xadd +xlen";
    private static final String WATCH = "+xinfo|groups";
    private static final String CONSUME = "+xgroup|create +xreadgroup +xautoclaim +xack +xpending +xinfo|groups +xlen +xtrim";
    /** How full Redis is, which one plane asks for all; INFO tells totals and no key. */
    private static final String MEASURE = "+info|memory";
    private static final String KEEP = "+get +set +incrby +del +expire +pexpire +ttl +pttl +hset +hgetall";

    public RedisAcl {
        rules = List.copyOf(rules);
    }

    /** The login {@code zeroui-{plane}} of a plane's service. */
    public static RedisAcl of(Plane plane) {
        RedisAcl acl = roads("zeroui-" + plane.key(), plane, Channel::keyPattern, Channel::deadLetterPattern, selector(KEEP, "~",
                Stream.of(ChannelCatalogue.privateKeyPrefix(plane) + "*")));
        return plane != Plane.SHARED ? acl : new RedisAcl(acl.user(), Stream.concat(Stream.of(MEASURE), acl.rules().stream()).toList());
    }

    /**
     * The login of one edge that is enrolled for a tenant: of the channels with a key per tenant or per edge its own keys
     * only, and nothing in the private keys that all edges would share. Channels with one key for everybody stay open to it.
     */
    public static RedisAcl edge(TenantId tenant, EdgeId edge) {
        return roads(edgeUser(edge), Plane.IDE, channel -> channel.key(scope(channel, tenant, edge)),
                channel -> channel.deadLetterKey(scope(channel, tenant, edge)), Stream.of());
    }

    /** The name {@code zeroui-ide-{edge}} of an edge's login. */
    public static String edgeUser(EdgeId edge) {
        return "zeroui-" + Plane.IDE.key() + "-" + edge.value();
    }

    /** The line of an ACL file, with the lower-case hexadecimal SHA-256 of the password. */
    public String line(String passwordHash) {
        return "user " + user + " on #" + passwordHash + " resetkeys resetchannels -@all " + String.join(" ", rules);
    }

    /**
     * The ACL file for all planes and the operators' login {@code default}, ending in a line feed. Where the hash of a
     * password belongs it has {@code {password-hash:default}}, {@code {password-hash:ide}} and so on.
     */
    public static String template() {
        Stream<String> planes = Arrays.stream(Plane.values()).map(plane -> of(plane).line(placeholder(plane.key())));
        return Stream.concat(Stream.of("user default on #" + placeholder("default") + " ~* &* +@all"), planes)
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String placeholder(String login) {
        return "{password-hash:" + login + "}";
    }

    private static RedisAcl roads(String user, Plane plane, Function<Channel, String> keys,
            Function<Channel, String> deadLetters, Stream<String> more) {
        List<Channel> produced = ChannelCatalogue.producedBy(plane);
        List<Channel> consumed = ChannelCatalogue.consumedBy(plane);
        List<String> rules = new ArrayList<>(List.of(CONNECTION.split(" ")));
        Stream.of(selector(PUBLISH, "%W~", produced.stream().map(keys)),
                selector(WATCH, "%R~", produced.stream().map(keys)),
                selector(CONSUME, "~", consumed.stream().map(keys)),
                selector(PUBLISH, "%W~", consumed.stream().map(deadLetters)),
                more).flatMap(selectors -> selectors).forEach(rules::add);
        return new RedisAcl(user, rules);
    }

    private static @Nullable StreamScope scope(Channel channel, TenantId tenant, EdgeId edge) {
        return switch (channel.scope()) {
            case GLOBAL -> null;
            case TENANT -> StreamScope.of(tenant);
            case EDGE -> StreamScope.of(tenant).of(edge);
        };
    }

    /** One selector; none where there is no key: a selector without keys would still allow what needs none. */
    private static Stream<String> selector(String commands, String access, Stream<String> patterns) {
        String keys = patterns.map(pattern -> access + pattern).collect(Collectors.joining(" "));
        return keys.isEmpty() ? Stream.of() : Stream.of("(" + commands + " " + keys + ")");
    }
}
