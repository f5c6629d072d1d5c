package io.zeroui.contracts.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.TenantId;

class RedisAclTest {

    private static final TenantId TENANT = TenantId.of("acme");
    private static final EdgeId EDGE = EdgeId.of("edge-1");

    @ParameterizedTest
    @EnumSource(Plane.class)
    void noRuleHasACommandThatAdministersScriptsOrListsKeys(Plane plane) {
        assertNothingForbidden(RedisAcl.of(plane));
    }

    @Test
    void noRuleOfAnEdgeHasOneEither() {
        assertNothingForbidden(RedisAcl.edge(TENANT, EDGE));
    }

    @Test
    void anEdgeHasTheKeysOfItsTenantAndItselfOnlyAndNoPrivateOnes() {
        RedisAcl acl = RedisAcl.edge(TENANT, EDGE);

        assertThat(acl.user()).isEqualTo("zeroui-ide-edge-1").isEqualTo(RedisAcl.edgeUser(EDGE));
        assertThat(keysOf(acl)).containsExactlyInAnyOrder("%W~zeroui:ide-receipts:acme", "%W~zeroui:ide-telemetry",
                "%R~zeroui:ide-receipts:acme", "%R~zeroui:ide-telemetry", "~zeroui:tenant-receipt-acks:acme:edge-1",
                "~zeroui:tenant-keys:acme:edge-1", "%W~zeroui:tenant-receipt-acks-dead-letters:acme:edge-1",
                "%W~zeroui:tenant-keys-dead-letters:acme:edge-1", "%W~zeroui:ide-policy-questions:acme",
                "%R~zeroui:ide-policy-questions:acme", "~zeroui:tenant-policy:acme:edge-1",
                "%W~zeroui:tenant-policy-dead-letters:acme:edge-1");
        assertThat(String.join(" ", acl.rules())).doesNotContain("*").doesNotContain("+get");
    }

    @Test
    void ofAnotherTenantOrEdgeAnEdgeHasNothingButTheChannelsOfAll() {
        List<String> own = keysOf(RedisAcl.edge(TENANT, EDGE));

        assertThat(keysOf(RedisAcl.edge(TenantId.of("other"), EDGE))).filteredOn(own::contains)
                .containsExactlyInAnyOrder("%W~zeroui:ide-telemetry", "%R~zeroui:ide-telemetry");
        assertThat(keysOf(RedisAcl.edge(TENANT, EdgeId.of("edge-2")))).filteredOn(own::contains)
                .containsExactlyInAnyOrder("%W~zeroui:ide-telemetry", "%R~zeroui:ide-telemetry",
                        "%W~zeroui:ide-receipts:acme", "%R~zeroui:ide-receipts:acme", "%W~zeroui:ide-policy-questions:acme",
                        "%R~zeroui:ide-policy-questions:acme");
    }

    @Test
    void theKeysOfAChannelOfItsDeadLettersAndOfAPlaneNeverMeet() {
        List<String> patterns = new ArrayList<>(List.of(ChannelCatalogue.SMOKE_STREAM_KEY));
        List<String> keys = new ArrayList<>(List.of(ChannelCatalogue.SMOKE_STREAM_KEY));
        for (Channel channel : ChannelCatalogue.all()) {
            patterns.addAll(List.of(channel.keyPattern(), channel.deadLetterPattern()));
            for (TenantId tenant : List.of(TENANT, TenantId.of("dead-letters"))) {
                StreamScope scope = switch (channel.scope()) {
                    case GLOBAL -> null;
                    case TENANT -> StreamScope.of(tenant);
                    case EDGE -> StreamScope.of(tenant).of(EDGE);
                };
                keys.addAll(List.of(channel.key(scope), channel.deadLetterKey(scope)));
            }
        }
        for (Plane plane : Plane.values()) {
            patterns.add(ChannelCatalogue.privateKeyPrefix(plane) + "*");
            keys.add(ChannelCatalogue.privateKeyPrefix(plane) + "any:thing");
        }
        for (String key : keys) {
            assertThat(patterns.stream().filter(pattern -> matches(pattern, key))).as(key).hasSize(1);
        }
    }

    @Test
    void theTemplateHasOneLinePerLoginAndNoPassword() {
        List<String> lines = RedisAcl.template().lines().toList();

        assertThat(lines).hasSize(1 + Plane.values().length);
        assertThat(lines.get(0)).isEqualTo("user default on #{password-hash:default} ~* &* +@all");
        for (Plane plane : Plane.values()) {
            assertThat(lines).filteredOn(line -> line.startsWith("user zeroui-" + plane.key() + " on #{password-hash:"
                    + plane.key() + "} resetkeys resetchannels -@all ")).hasSize(1);
        }
        assertThat(RedisAcl.template()).endsWith("\n");
    }

    private static void assertNothingForbidden(RedisAcl acl) {
        String rules = String.join(" ", acl.rules()).toLowerCase(Locale.ROOT) + " ";
        assertThat(List.of(rules.split("[ ()]+"))).as(acl.user()).doesNotContain("+@all", "~*", "allkeys", "allcommands",
                "+keys", "+scan", "+config", "+eval", "+evalsha", "+fcall", "+flushall", "+flushdb", "+acl", "+subscribe",
                "+psubscribe", "+xread", "+xrange", "+xrevrange", "+xinfo", "+xinfo|stream", "+xgroup", "+xdel", "+rename",
                "+copy", "+move", "+restore", "+dump", "+select", "+client", "+monitor", "+debug", "+shutdown")
                .noneMatch(rule -> rule.startsWith("+@") || rule.startsWith("&"));
        assertThat(acl.rules().stream().filter(rule -> rule.contains("~"))).as("keys stand in selectors only")
                .allMatch(rule -> rule.startsWith("(") && rule.endsWith(")"));
    }

    private static List<String> keysOf(RedisAcl acl) {
        return acl.rules().stream().flatMap(rule -> Stream.of(rule.split("[ ()]+"))).filter(word -> word.contains("~")).toList();
    }

    private static boolean matches(String glob, String key) {
        return Pattern.matches(("\\Q" + glob + "\\E").replace("*", "\\E.*\\Q"), key);
    }
}
