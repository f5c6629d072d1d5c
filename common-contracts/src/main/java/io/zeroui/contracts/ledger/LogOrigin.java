package io.zeroui.contracts.ledger;

import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import java.util.regex.Pattern;

/**
 * What the logs of a plane are called: {@code {prefix}/{region}/{tenant}}, the origin in their checkpoints and the name of
 * their keys (C2SP tlog-checkpoint, signed-note).
 *
 * @param prefix a schema-less URL, for example {@code zeroui.local/evidence}
 * @param region of the plane
 */
public record LogOrigin(String prefix, Region region) {

    /** The prefix where nobody configured another one. */
    public static final String DEFAULT_PREFIX = "zeroui.local/evidence";

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9.-]+(/[A-Za-z0-9._-]+)*");

    public LogOrigin {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("the origin of a log is a URL without schema, not " + prefix);
        }
    }

    /** The name of a tenant's log. */
    public String of(TenantId tenant) {
        return prefix + "/" + region.value() + "/" + tenant.value();
    }
}
