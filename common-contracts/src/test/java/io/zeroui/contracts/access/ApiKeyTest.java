package io.zeroui.contracts.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.zeroui.contracts.Plane;

class ApiKeyTest {

    @ParameterizedTest
    @EnumSource(KeyScope.class)
    void aKeyIsReadBackFromItsText(KeyScope scope) {
        ApiKey key = ApiKey.generate(scope);
        ApiKey read = ApiKey.parse(key.reveal()).orElseThrow();
        assertThat(read.scope()).isEqualTo(scope);
        assertThat(read.keyId()).isEqualTo(key.keyId());
        assertThat(read.hash().matches(key.hash())).isTrue();
        assertThat(ApiKey.isKeyId(key.keyId())).isTrue();
    }

    @Test
    void anyChangedCharacterIsNoticedByTheChecksum() {
        String text = ApiKey.generate(KeyScope.TENANT).reveal();
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'a' ? 'b' : 'a';
            assertThat(ApiKey.parse(text.substring(0, i) + other + text.substring(i + 1))).as("at %d", i).isEmpty();
        }
    }

    @Test
    void partsOfAnotherLengthOrWithOtherCharactersMakeNoKey() {
        String id = "0123456789ab";
        String secret = "s".repeat(43);
        assertThat(ApiKey.parse(withChecksum("tenant", id, secret))).hasValueSatisfying(key -> assertThat(key.keyId()).isEqualTo(id));
        assertThat(ApiKey.parse(withChecksum("all", "Z".repeat(32), "Z".repeat(64)))).isPresent();
        for (String other : new String[] {"0123456789a", "Z".repeat(33), "", "0123456789a-", "0123456789a\u00e9"}) {
            assertThat(ApiKey.parse(withChecksum("tenant", other, secret))).as(other).isEmpty();
        }
        for (String other : new String[] {"s".repeat(42), "s".repeat(65), "", "s".repeat(42) + " ", "s".repeat(42) + "_"}) {
            assertThat(ApiKey.parse(withChecksum("tenant", id, other))).as(other).isEmpty();
        }
        for (String other : new String[] {"moon", "", "TENANT", "tenant "}) {
            assertThat(ApiKey.parse(withChecksum(other, id, secret))).as(other).isEmpty();
        }
        assertThat(ApiKey.parse(withChecksum("tenant", id, secret) + "_")).isEmpty();
        assertThat(ApiKey.parse(" " + withChecksum("tenant", id, secret))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(KeyScope.class)
    void theIdIsFoundWhereItStands(KeyScope scope) {
        ApiKey key = ApiKey.generate(scope);
        assertThat(ApiKey.idIn(key.reveal())).isEqualTo(key.keyId());
        for (String none : new String[] {"", "zu_", "zu_tenant", "zu_tenant_", "zu_tenant_0123456789ab", "Bearer x", "zu_" + "_".repeat(200)}) {
            assertThat(ApiKey.idIn(none)).as(none).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "zu_", "zu_tenant_short_secret_00000000", "Bearer x", "zu_moon_0123456789ab_"
            + "0123456789012345678901234567890123456789abc_00000000"})
    void whatIsNoKeyIsNotRead(String text) {
        assertThat(ApiKey.parse(text)).isEmpty();
    }

    @Test
    void theTextForLogsDoesNotHaveTheSecret() {
        ApiKey key = ApiKey.generate(KeyScope.ALL);
        assertThat(key.reveal()).contains(key.keyId());
        assertThat(key.toString()).contains(key.keyId()).hasSizeLessThan(32);
    }

    @Test
    void twoKeysAreNeverTheSame() {
        ApiKey one = ApiKey.generate(KeyScope.ALL);
        ApiKey other = ApiKey.generate(KeyScope.ALL);
        assertThat(one.keyId()).isNotEqualTo(other.keyId());
        assertThat(one.hash().matches(other.hash())).isFalse();
    }

    @Test
    void aPlaneTakesItsOwnKeysAndThoseOfAll() {
        assertThat(KeyScope.TENANT.includes(Plane.TENANT)).isTrue();
        assertThat(KeyScope.ALL.includes(Plane.TENANT)).isTrue();
        assertThat(KeyScope.IDE.includes(Plane.TENANT)).isFalse();
    }

    @Test
    void aHashIsReadBackFromItsDigitsAndNothingElseIsOne() {
        SecretHash hash = ApiKey.generate(KeyScope.ALL).hash();
        assertThat(SecretHash.ofHex(hash.toString()).matches(hash)).isTrue();
        assertThatThrownBy(() -> SecretHash.ofHex("00")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void hashesAreEqualByWhatTheyAreOf() {
        assertThat(SecretHash.ofSecret("a")).isEqualTo(SecretHash.ofSecret("a")).hasSameHashCodeAs(SecretHash.ofSecret("a"))
                .isNotEqualTo(SecretHash.ofSecret("b"));
        assertThat(SecretHash.ofSecret("abc")).hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void permissionsAreFoundByTheirText() {
        assertThat(Permission.find("evidence:read:all")).contains(Permission.EVIDENCE_READ_ALL);
        assertThat(Permission.find("evidence:everything")).isEmpty();
    }

    private static String withChecksum(String scope, String id, String secret) {
        String body = "zu_" + scope + "_" + id + "_" + secret;
        return body + "_" + SecretHash.ofSecret(body).toString().substring(0, 8);
    }
}
