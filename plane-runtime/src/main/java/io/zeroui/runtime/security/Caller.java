package io.zeroui.runtime.security;

import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.identity.TenantId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who calls, as the credential says.
 *
 * @param subject {@code key:{key id}} or {@code token:{sub}}; public, may stand in logs
 * @param tenant the only tenant it works for; null for a credential of the whole plane
 * @param permissions what it may do
 */
public record Caller(String subject, @Nullable TenantId tenant, Set<Permission> permissions) {

    /** What the subject of a key begins with. */
    public static final String KEY = "key:";

    public Caller {
        permissions = Set.copyOf(permissions);
    }

    /** Whether it may do this. */
    public boolean may(Permission permission) {
        return permissions.contains(permission);
    }
}
