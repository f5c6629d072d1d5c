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
    void permissionsAreFoundByTheirText() {
        assertThat(Permission.find("evidence:read:all")).contains(Permission.EVIDENCE_READ_ALL);
        assertThat(Permission.find("evidence:everything")).isEmpty();
    }
}
