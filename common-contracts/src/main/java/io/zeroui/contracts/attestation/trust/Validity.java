package io.zeroui.contracts.attestation.trust;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * When something is trusted, both ends included.
 *
 * @param from absent: since ever
 * @param until absent: until further notice
 */
public record Validity(@Nullable Instant from, @Nullable Instant until) {

    /** Always. */
    public static final Validity ALWAYS = new Validity(null, null);

    /** Whether it is trusted at that time. */
    public boolean covers(Instant time) {
        return (from == null || !time.isBefore(from)) && (until == null || !time.isAfter(until));
    }
}
