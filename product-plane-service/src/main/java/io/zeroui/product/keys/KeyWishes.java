package io.zeroui.product.keys;

import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.KeyDocument.Revocation;
import io.zeroui.contracts.signature.SpkiPem;
import io.zeroui.runtime.problems.ProblemException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks what callers write about keys. Every check fails with 400 and the name of the member. */
final class KeyWishes {

    private static final int LIMIT_MOST = 1000;
    /** RFC 3339 has four digits for the year. */
    private static final Instant TIME_END = Instant.parse("+10000-01-01T00:00:00Z");
    private static final Duration OVERLAP = Duration.ofDays(1);
    private static final Duration OVERLAP_MOST = Duration.ofDays(366);

    private KeyWishes() {
    }

    static <T> T body(@Nullable T body) {
        if (body == null) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, "The body must be a JSON object");
        }
        return body;
    }

    static TenantId tenant(String text) {
        return read("tenant_id", text, TenantId::of);
    }

    static Kid kid(@Nullable String text) {
        return read("kid", text, Kid::of);
    }

    static Ed25519PublicKey key(@Nullable String pem) {
        return read("public_key", pem, SpkiPem::read);
    }

    /** A time in whole microseconds; null for none. */
    static @Nullable Instant time(String member, @Nullable String text) {
        Instant time = text == null ? null : read(member, text, Instant::parse).truncatedTo(ChronoUnit.MICROS);
        if (time != null && (time.isBefore(Instant.EPOCH) || !time.isBefore(TIME_END))) {
            throw wrong(member, member + " must be in the years 1970 to 9999");
        }
        return time;
    }

    /** A key is not its own successor. */
    static void successor(Kid former, Kid kid) {
        if (former.equals(kid)) {
            throw wrong("kid", "the new key wants a kid of its own");
        }
    }

    static void order(@Nullable Instant from, @Nullable Instant until) {
        if (from != null && until != null && !from.isBefore(until)) {
            throw wrong("valid_until", "valid_until must be after valid_from");
        }
    }

    static Duration overlap(@Nullable String text) {
        Duration overlap = text == null ? OVERLAP : read("overlap", text, Duration::parse);
        if (overlap.isNegative() || overlap.compareTo(OVERLAP_MOST) > 0) {
            throw wrong("overlap", "overlap must be PT0S to " + OVERLAP_MOST);
        }
        return overlap;
    }

    static Revocation revocation(RevocationWish wish, Instant now) {
        Instant at = now.truncatedTo(ChronoUnit.MICROS);
        Instant since = time("compromised_since", wish.compromisedSince());
        if (since != null && since.isAfter(at)) {
            throw wrong("compromised_since", "compromised_since must not be in the future");
        }
        return read("reason", wish.reason(), reason -> new Revocation(at, since == null ? at : since, reason));
    }

    static int limit(int limit) {
        if (limit < 1 || limit > LIMIT_MOST) {
            throw wrong("limit", "limit must be 1 to " + LIMIT_MOST);
        }
        return limit;
    }

    private static <T> T read(String member, @Nullable String text, Function<String, T> reader) {
        if (text == null) {
            throw wrong(member, member + " is required");
        }
        try {
            return reader.apply(text);
        } catch (DateTimeException e) {
            throw wrong(member, member + " must be a time of RFC 3339 in UTC, or a duration of ISO 8601");
        } catch (IllegalArgumentException e) {
            throw wrong(member, String.valueOf(e.getMessage()));
        }
    }

    private static ProblemException wrong(String member, String detail) {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(), detail,
                Map.of("member", member));
    }
}
