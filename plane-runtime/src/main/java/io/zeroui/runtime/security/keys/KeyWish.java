package io.zeroui.runtime.security.keys;

import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.Caller;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A checked wish for a key.
 *
 * @param name what people call it
 * @param tenant the only tenant it works for
 * @param permissions what it may do; at least one
 * @param expiresAt when it ends
 */
record KeyWish(String name, @Nullable TenantId tenant, Set<Permission> permissions, @Nullable Instant expiresAt) {

    private static final int NAME_MOST = 100;
    private static final Duration LONGEST = Duration.ofDays(3660);

    /**
     * Checks a wish.
     *
     * @throws ProblemException 400 for what is wrong, 403 for a permission that the maker does not have
     */
    static KeyWish of(NewKey wish, Caller maker, Instant now) {
        String name = wish.name();
        if (name == null || name.isBlank() || name.length() > NAME_MOST || name.chars().anyMatch(Character::isISOControl)) {
            throw wrong("name", "name must have 1 to " + NAME_MOST + " characters and no control characters");
        }
        String expiresIn = wish.expiresIn();
        return new KeyWish(name, tenant(wish.tenantId()), permissions(wish.permissions(), maker),
                expiresIn == null ? null : after(now, "expires_in", expiresIn));
    }

    /**
     * The time after an ISO 8601 period or duration.
     *
     * @throws ProblemException 400 where it is none, not positive, or longer than ten years
     */
    static Instant after(Instant now, String member, String text) {
        try {
            Instant end = text.contains("T") ? now.plus(Duration.parse(text))
                    : now.atOffset(ZoneOffset.UTC).plus(Period.parse(text)).toInstant();
            if (end.isAfter(now) && !end.isAfter(now.plus(LONGEST))) {
                return end;
            }
        } catch (DateTimeException | ArithmeticException e) {
            // answered below
        }
        throw wrong(member, member + " must be a period like P30D or a duration like PT12H, at most ten years");
    }

    private static @Nullable TenantId tenant(@Nullable String text) {
        try {
            return text == null ? null : TenantId.of(text);
        } catch (IllegalArgumentException e) {
            throw wrong("tenant_id", String.valueOf(e.getMessage()));
        }
    }

    private static Set<Permission> permissions(@Nullable List<String> texts, Caller maker) {
        Set<Permission> permissions = EnumSet.noneOf(Permission.class);
        for (String text : texts == null ? List.<String> of() : texts) {
            Permission permission = Permission.find(String.valueOf(text)).orElseThrow(() -> wrong("permissions",
                    "there is no such permission; there are " + Permission.all().stream().map(Permission::text).toList()));
            if (!maker.may(permission)) {
                throw new ProblemException(ErrorCode.FORBIDDEN,
                        "The credential does not have the permission " + permission.text() + " and cannot give it");
            }
            permissions.add(permission);
        }
        if (permissions.isEmpty()) {
            throw wrong("permissions", "permissions must name at least one");
        }
        return permissions;
    }

    private static ProblemException wrong(String member, String detail) {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(), detail,
                Map.of("member", member));
    }
}
