package io.zeroui.runtime.security.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.access.ApiKey;
import io.zeroui.contracts.access.KeyScope;
import io.zeroui.contracts.access.Permission;
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

    private static StoredKey stored(ApiKey key, Instant expiresAt) {
        return new StoredKey(key.keyId(), key.hash(), "test", TenantId.of("acme"), Set.of(Permission.EVIDENCE_READ), NOW,
                "key:maker", expiresAt, null, null, null);
    }
}
