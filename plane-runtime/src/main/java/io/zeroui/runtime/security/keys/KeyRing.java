package io.zeroui.runtime.security.keys;

import io.zeroui.contracts.Plane;
import io.zeroui.contracts.access.ApiKey;
import io.zeroui.contracts.access.KeyScope;
import io.zeroui.contracts.access.Permission;
import io.zeroui.contracts.access.SecretHash;
import io.zeroui.runtime.security.Caller;
import io.zeroui.runtime.security.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All usable keys of a plane in memory. Every check costs the same: one hash, one look into a map, one comparison, whether
 * the key is unknown, wrong, expired, revoked, of another plane or no key at all. Thread-safe.
 */
final class KeyRing {

    private static final SecretHash NOBODY = ApiKey.generate(KeyScope.ALL).hash();

    private final Plane plane;
    private final Optional<AdminKey> admin;
    private final Duration fresh;
    private final Duration outage;
    private volatile Keys keys = new Keys(Map.of(), Instant.MIN);

    private record Keys(Map<String, StoredKey> byId, Instant readAt) {
    }

    /**
     * @param fresh how old the keys may be before an unknown one is no longer called wrong
     * @param outage how old they may be before known ones are no longer accepted
     */
    KeyRing(Plane plane, Optional<AdminKey> admin, Duration fresh, Duration outage) {
        this.plane = plane;
        this.admin = admin;
        this.fresh = fresh;
        this.outage = outage;
    }

    /** Takes the keys that the database has at this time. */
    void replace(List<StoredKey> usable, Instant readAt) {
        Map<String, StoredKey> byId = new HashMap<>();
        usable.forEach(key -> byId.put(key.keyId(), key));
        keys = new Keys(byId, readAt);
    }

    Verdict check(String text, Instant now) {
        Optional<ApiKey> parsed = ApiKey.parse(text);
        String keyId = parsed.map(ApiKey::keyId).orElse("");
        SecretHash offered = parsed.map(ApiKey::hash).orElseGet(() -> SecretHash.ofSecret(text));
        boolean forUs = parsed.isPresent() && parsed.get().scope().includes(plane);
        Keys present = keys;
        StoredKey stored = present.byId().get(keyId);
        boolean isAdmin = admin.isPresent() && admin.get().keyId().equals(keyId);
        SecretHash expected = isAdmin ? admin.get().hash() : stored == null ? NOBODY : stored.hash();
        boolean matches = expected.matches(offered);
        if (isAdmin) {
            return matches && forUs && parsed.get().scope() == KeyScope.ALL
                    ? new Verdict.Accepted(new Caller("key:" + keyId, null, Permission.all()))
                    : new Verdict.Rejected();
        }
        return forUs ? judge(stored, matches, present.readAt(), now) : new Verdict.Rejected();
    }

    private Verdict judge(@Nullable StoredKey stored, boolean matches, Instant readAt, Instant now) {
        if (stored == null) {
            return isOlder(readAt, fresh, now) ? new Verdict.Undecided() : new Verdict.Rejected();
        }
        if (!matches || !stored.isValidAt(now)) {
            return new Verdict.Rejected();
        }
        return isOlder(readAt, outage, now) ? new Verdict.Undecided()
                : new Verdict.Accepted(new Caller("key:" + stored.keyId(), stored.tenant(), stored.permissions()));
    }

    private static boolean isOlder(Instant readAt, Duration most, Instant now) {
        return readAt.equals(Instant.MIN) || now.isAfter(readAt.plus(most));
    }
}
