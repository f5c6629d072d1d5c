package io.zeroui.runtime.security.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.access.ApiKey;
import io.zeroui.contracts.access.KeyScope;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.access.SecretHash;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.runtime.security.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KeyRingTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration FRESH = Duration.ofSeconds(9);
    private static final Duration OUTAGE = Duration.ofMinutes(5);

    private final ApiKey admin = ApiKey.generate(KeyScope.ALL);
    private final ApiKey known = ApiKey.generate(KeyScope.TENANT);
    private final KeyRing ring = new KeyRing(Plane.TENANT, Optional.of(new AdminKey(admin.keyId(), admin.hash())), FRESH,
            OUTAGE);

    @BeforeEach
    void read() {
        ring.replace(List.of(stored(known, NOW.plusSeconds(3600))), NOW);
    }

    @Test
    void aKnownKeyIsAcceptedWithItsTenantAndPermissions() {
        Verdict.Accepted accepted = (Verdict.Accepted) ring.check(known.reveal(), NOW);
        assertThat(accepted.caller().tenant()).isEqualTo(TenantId.of("acme"));
        assertThat(accepted.caller().permissions()).containsExactly(Permission.EVIDENCE_READ);
        assertThat(accepted.caller().subject()).isEqualTo("key:" + known.keyId());
    }

    @Test
    void theAdministratorMayEverythingEvenBeforeTheDatabaseAnswered() {
        KeyRing empty = new KeyRing(Plane.TENANT, Optional.of(new AdminKey(admin.keyId(), admin.hash())), FRESH, OUTAGE);
        assertThat(empty.check(admin.reveal(), NOW)).isInstanceOfSatisfying(Verdict.Accepted.class,
                accepted -> assertThat(accepted.caller().permissions()).isEqualTo(Permission.all()));
        assertThat(empty.check(known.reveal(), NOW)).isInstanceOf(Verdict.Undecided.class);
    }

    @Test
    void aKeyThatWasUsedIsKnownAgainWithTheSameAnswer() {
        for (ApiKey key : List.of(known, admin)) {
            Verdict first = ring.check(key.reveal(), NOW);
            assertThat(first).isInstanceOf(Verdict.Accepted.class);
            assertThat(ring.check(key.reveal(), NOW)).isSameAs(first);
            ring.replace(List.of(stored(known, NOW.plusSeconds(3600))), NOW);
            assertThat(ring.check(key.reveal(), NOW)).isEqualTo(first);
        }
    }

    @Test
    void aKeyThatWasUsedOpensNothingToAnotherTextWithItsId() {
        assertThat(ring.check(known.reveal(), NOW)).isInstanceOf(Verdict.Accepted.class);
        assertThat(ring.check(admin.reveal(), NOW)).isInstanceOf(Verdict.Accepted.class);
        for (ApiKey key : List.of(known, admin)) {
            String text = key.reveal();
            for (int i = 0; i < text.length(); i++) {
                char other = text.charAt(i) == 'a' ? 'b' : 'a';
                assertThat(ring.check(text.substring(0, i) + other + text.substring(i + 1), NOW)).as("at %d", i)
                        .isInstanceOf(Verdict.Rejected.class);
            }
            assertThat(ring.check(text + "0", NOW)).isInstanceOf(Verdict.Rejected.class);
        }
        assertThat(ring.check(withSecretOf(known, admin), NOW)).isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    void aKeyThatWasUsedIsStillAskedWhetherItMayBeUsed() {
        assertThat(ring.check(known.reveal(), NOW)).isInstanceOf(Verdict.Accepted.class);
        assertThat(ring.check(known.reveal(), NOW.plus(OUTAGE).plusSeconds(1))).isInstanceOf(Verdict.Undecided.class);
        assertThat(ring.check(known.reveal(), NOW.plusSeconds(3600))).isInstanceOf(Verdict.Rejected.class);
        ring.replace(List.of(), NOW);
        assertThat(ring.check(known.reveal(), NOW)).isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    void whatAKeyMayIsWhatTheLastReadingSays() {
        assertThat(ring.check(known.reveal(), NOW)).isInstanceOf(Verdict.Accepted.class);
        ring.replace(List.of(new StoredKey(known.keyId(), known.hash(), "test", null, Set.of(Permission.STATUS_READ), NOW, "key:maker",
                null, null, null, null)), NOW);
        assertThat(ring.check(known.reveal(), NOW)).isInstanceOfSatisfying(Verdict.Accepted.class, accepted -> {
            assertThat(accepted.caller().tenant()).isNull();
            assertThat(accepted.caller().permissions()).containsExactly(Permission.STATUS_READ);
        });
    }

    @Test
    void anExpiredKeyIsRejectedAlsoWhenItWasReadBefore() {
        assertThat(ring.check(known.reveal(), NOW.plusSeconds(3600))).isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    void aRevokedKeyIsGoneWithTheNextReading() {
        ring.replace(List.of(), NOW.plusSeconds(2));
        assertThat(ring.check(known.reveal(), NOW.plusSeconds(2))).isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    void anOutageIsBoundedForKnownKeysAndLeavesUnknownOnesUndecided() {
        Instant out = NOW.plus(OUTAGE);
        assertThat(ring.check(known.reveal(), out)).isInstanceOf(Verdict.Accepted.class);
        assertThat(ring.check(known.reveal(), out.plusSeconds(1))).isInstanceOf(Verdict.Undecided.class);
        String unknown = ApiKey.generate(KeyScope.TENANT).reveal();
        assertThat(ring.check(unknown, NOW.plus(FRESH))).isInstanceOf(Verdict.Rejected.class);
        assertThat(ring.check(unknown, NOW.plus(FRESH).plusSeconds(1))).isInstanceOf(Verdict.Undecided.class);
    }

    @Test
    void anotherPlanesKeyAndNoKeyAreRejectedWhateverTheDatabaseSays() {
        assertThat(ring.check(ApiKey.generate(KeyScope.IDE).reveal(), NOW.plus(OUTAGE))).isInstanceOf(Verdict.Rejected.class);
        assertThat(ring.check("zu_nonsense", NOW.plus(OUTAGE))).isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    void theSettingOfTheAdministratorIsCheckedAndNeverRepeated() {
        assertThat(AdminKey.parse(admin.keyId() + ":" + admin.hash()).hash().matches(admin.hash())).isTrue();
        assertThatThrownBy(() -> AdminKey.parse(admin.reveal())).hasMessageContaining("ZEROUI_ADMIN_KEY_HASH")
                .hasMessageNotContaining(admin.keyId());
    }

    /** The one key's id with the other's secret, and the right checksum. */
    private static String withSecretOf(ApiKey id, ApiKey secret) {
        String[] parts = id.reveal().split("_", -1);
        String body = String.join("_", parts[0], parts[1], parts[2], secret.reveal().split("_", -1)[3]);
        return body + "_" + SecretHash.ofSecret(body).toString().substring(0, 8);
    }

    private static StoredKey stored(ApiKey key, Instant expiresAt) {
        return new StoredKey(key.keyId(), key.hash(), "test", TenantId.of("acme"), Set.of(Permission.EVIDENCE_READ), NOW,
                "key:maker", expiresAt, null, null, null);
    }
}
