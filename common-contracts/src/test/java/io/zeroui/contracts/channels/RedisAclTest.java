package io.zeroui.contracts.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.identity.EdgeId;

class RedisAclTest {

    private static final EdgeId EDGE = EdgeId.of("edge-1");

    @ParameterizedTest
    @EnumSource(Plane.class)
    void noRuleHasACommandThatAdministersScriptsOrListsKeys(Plane plane) {
        assertNothingForbidden(RedisAcl.of(plane));
    }

    @Test
    void noRuleOfAnEdgeHasOneEither() {
        assertNothingForbidden(RedisAcl.edge(EDGE));
    }

    @Test
    void anEdgeHasItsOwnKeysOnlyAndNoPrivateOnes() {
        String rules = String.join(" ", RedisAcl.edge(EDGE).rules());

        assertThat(RedisAcl.edge(EDGE).user()).isEqualTo("zeroui-ide-edge-1");
        assertThat(rules).contains("~zeroui:tenant-receipt-acks:edge-1)", "%W~zeroui:ide-receipts ")
                .doesNotContain("*").doesNotContain("+get").doesNotContain("zeroui:ide:");
    }

    @Test
    void theKeysOfAChannelOfItsDeadLettersAndOfAPlaneNeverMeet() {
        List<String> patterns = new ArrayList<>(List.of(ChannelCatalogue.SMOKE_STREAM_KEY));
        List<String> keys = new ArrayList<>(List.of(ChannelCatalogue.SMOKE_STREAM_KEY));
        for (Channel channel : ChannelCatalogue.all()) {
            String scope = channel.scope() == KeyScope.EDGE ? "dead-letters" : null;
            patterns.addAll(List.of(channel.keyPattern(), channel.deadLetterPattern()));
            keys.addAll(List.of(channel.key(scope), channel.deadLetterKey(scope)));
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

    private static boolean matches(String glob, String key) {
        return Pattern.matches(("\\Q" + glob + "\\E").replace("*", "\\E.*\\Q"), key);
    }
}
