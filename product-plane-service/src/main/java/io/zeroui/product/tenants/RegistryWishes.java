package io.zeroui.product.tenants;

import io.zeroui.contracts.identity.EdgeId;
import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.tenants.IsolationTier;
import io.zeroui.runtime.problems.ProblemException;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks what callers of the registry write. Every check fails with 400 and the name of the member. */
final class RegistryWishes {

    private static final String RESERVED = "zeroui-";
    private static final Pattern DATABASE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final int NAME_MOST = 200;
    private static final int LIMIT_MOST = 1000;

    private RegistryWishes() {
    }

    /** A body that must be there. */
    static <T> T body(@Nullable T body) {
        if (body == null) {
            throw new ProblemException(ErrorCode.VALIDATION_ERROR, "The body must be a JSON object");
        }
        return body;
    }

    /** The id of a tenant that shall be made. */
    static TenantId newTenant(@Nullable String text) {
        TenantId id = tenant(text);
        if (id.value().startsWith(RESERVED)) {
            throw wrong("tenant_id", "tenant ids that begin with " + RESERVED + " are reserved");
        }
        return id;
    }

    /** The id of a tenant. */
    static TenantId tenant(@Nullable String text) {
        return id("tenant_id", text, TenantId::of);
    }

    /** The id of an edge. */
    static EdgeId edge(@Nullable String text) {
        return id("edge_id", text, EdgeId::of);
    }

    /** A name, or its default. */
    static String name(@Nullable String text, String otherwise) {
        if (text == null) {
            return otherwise;
        }
        if (text.isBlank() || text.length() > NAME_MOST || text.chars().anyMatch(Character::isISOControl)) {
            throw wrong("name", "name must have 1 to " + NAME_MOST + " characters and no control characters");
        }
        return text;
    }

    /** A region, or its default. */
    static Region region(@Nullable String text, String otherwise) {
        return id("region", text == null ? otherwise : text, Region::of);
    }

    /** A tier that a tenant can be moved up to. */
    static IsolationTier tier(@Nullable String text) {
        IsolationTier tier = id("tier", text, IsolationTier::ofKey);
        if (tier == IsolationTier.SHARED) {
            throw wrong("tier", "tier must be schema or database; nobody is moved down");
        }
        return tier;
    }

    /** The name of a database: required for the tier database, not allowed for others. */
    static @Nullable String database(@Nullable String text, IsolationTier tier) {
        if (tier != IsolationTier.DATABASE) {
            if (text != null) {
                throw wrong("database", "database goes with the tier database only");
            }
            return null;
        }
        if (text == null || !DATABASE.matcher(text).matches()) {
            throw wrong("database", "database must be the name of a database in the settings, kebab-case, 1 to 63 characters");
        }
        return text;
    }

    /** How many, 1 to 1,000. */
    static int limit(int limit) {
        if (limit < 1 || limit > LIMIT_MOST) {
            throw wrong("limit", "limit must be 1 to " + LIMIT_MOST);
        }
        return limit;
    }

    private static <T> T id(String member, @Nullable String text, Function<String, T> read) {
        if (text == null) {
            throw wrong(member, member + " is required");
        }
        try {
            return read.apply(text);
        } catch (IllegalArgumentException e) {
            throw wrong(member, String.valueOf(e.getMessage()));
        }
    }

    private static ProblemException wrong(String member, String detail) {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(), detail,
                Map.of("member", member));
    }
}
