package io.zeroui.tenant.evidence;

import io.quarkus.test.junit.QuarkusTestProfile;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;

/** The ledger's clock goes as a test wants, and retention looks only when it is asked to. */
public class OtherTime implements QuarkusTestProfile {

    private static volatile Duration shift = Duration.ZERO;

    /** How far the clock is from the machine's. */
    static void shift(Duration by) {
        shift = by;
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("zeroui.limits.query.rate", "0", "zeroui.evidence.retention.look", "PT1000H",
                "zeroui.evidence.retention.first-look", "PT1000H");
    }

    @Override
    public Set<Class<?>> getEnabledAlternatives() {
        return Set.of(Shifted.class);
    }

    /** In the place of the service's clock. */
    @Alternative
    @Priority(1)
    @Singleton
    static class Shifted {

        @Produces
        @Alternative
        @Priority(1)
        @Singleton
        Clock clock() {
            return new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return Instant.now().plus(shift);
                }
            };
        }
    }
}
