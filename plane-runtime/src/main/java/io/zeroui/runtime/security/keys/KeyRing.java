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
 * All usable keys of a plane in memory. Every refusal costs the same: hashes, one look into a map, comparisons, whether the
 * key is unknown, wrong, expired, revoked, of another plane or no key at all. A text that was found to be a key is known
 * again by the hash of the whole text until the keys are read anew; whether the key may still be used is asked every time.
 * Thread-safe.
 */
final class KeyRing {

    /** No text has this hash. */
    private static final SecretHash NO_TEXT = ApiKey.generate(KeyScope.ALL).hash();

    private final Plane plane;
    private final String adminId;
    private final @Nullable Entry admin;
    private final Entry nobody = new Entry(ApiKey.generate(KeyScope.ALL).hash(), null);
    private final Duration fresh;
    private final Duration outage;
    private volatile Keys keys;

    private record Keys(Map<String, Entry> byId, Instant readAt) {
    }

    /**
     * What a text was found to be.
     *
     * @param text hash of the whole text
     * @param accepted its verdict while the key may be used
     */
    private record Known(SecretHash text, Verdict.Accepted accepted) {
    }

    /** A key, the administrator's where there is no stored one, and the text that has been offered for it. */
    private static final class Entry {

        private final SecretHash secret;
        private final @Nullable StoredKey stored;
        private volatile @Nullable Known known;

        private Entry(SecretHash secret, @Nullable StoredKey stored) {
            this.secret = secret;
            this.stored = stored;
        }
    }

    /**
     * @param fresh how old the keys may be before an unknown one is no longer called wrong
     * @param outage how old they may be before known ones are no longer accepted
     */
    KeyRing(Plane plane, Optional<AdminKey> admin, Duration fresh, Duration outage) {
        this.plane = plane;
        this.adminId = admin.map(AdminKey::keyId).orElse("");
        this.admin = admin.map(key -> new Entry(key.hash(), null)).orElse(null);
        this.fresh = fresh;
        this.outage = outage;
        this.keys = keysOf(List.of(), Instant.MIN);
    }

    /** Takes the keys that the database has at this time. */
    void replace(List<StoredKey> usable, Instant readAt) {
        keys = keysOf(usable, readAt);
    }

    private Keys keysOf(List<StoredKey> usable, Instant readAt) {
        Map<String, Entry> byId = new HashMap<>();
        usable.forEach(key -> byId.put(key.keyId(), new Entry(key.hash(), key)));
        if (admin != null) {
            byId.put(adminId, admin);
        }
        return new Keys(byId, readAt);
    }

    Verdict check(String text, Instant now) {
        Keys present = keys;
        String keyId = ApiKey.idIn(text);
        Entry entry = present.byId().getOrDefault(keyId, nobody);
        SecretHash whole = SecretHash.ofSecret(text);
        Known known = entry.known;
        boolean isKnown = (known == null ? NO_TEXT : known.text()).matches(whole);
        if (isKnown && known != null
                && judge(entry.stored, known.accepted(), present.readAt(), now) instanceof Verdict.Accepted accepted) {
            return accepted;
        }
        return find(text, keyId, whole, present, now);
    }

    /** Without what is known of texts. */
    private Verdict find(String text, String keyId, SecretHash whole, Keys present, Instant now) {
        Entry entry = present.byId().getOrDefault(keyId, nobody);
        Optional<ApiKey> parsed = ApiKey.parse(text);
        SecretHash offered = parsed.map(ApiKey::hash).orElseGet(() -> SecretHash.ofSecret(text));
        boolean matches = entry.secret.matches(offered);
        if (parsed.isEmpty() || !isForUs(parsed.get().scope(), entry)) {
            return new Verdict.Rejected();
        }
        if (entry == nobody) {
            return isOlder(present.readAt(), fresh, now) ? new Verdict.Undecided() : new Verdict.Rejected();
        }
        if (!matches) {
            return new Verdict.Rejected();
        }
        Verdict.Accepted accepted = new Verdict.Accepted(callerOf(keyId, entry.stored));
        entry.known = new Known(whole, accepted);
        return judge(entry.stored, accepted, present.readAt(), now);
    }

    private boolean isForUs(KeyScope scope, Entry entry) {
        return entry == admin ? scope == KeyScope.ALL : scope.includes(plane);
    }

    private Verdict judge(@Nullable StoredKey stored, Verdict.Accepted accepted, Instant readAt, Instant now) {
        if (stored == null) {
            return accepted;
        }
        if (!stored.isValidAt(now)) {
            return new Verdict.Rejected();
        }
        return isOlder(readAt, outage, now) ? new Verdict.Undecided() : accepted;
    }

    private static Caller callerOf(String keyId, @Nullable StoredKey stored) {
        return stored == null ? new Caller(Caller.KEY + keyId, null, Permission.all())
                : new Caller(Caller.KEY + keyId, stored.tenant(), stored.permissions());
    }

    private static boolean isOlder(Instant readAt, Duration most, Instant now) {
        return readAt.equals(Instant.MIN) || now.isAfter(readAt.plus(most));
    }
}
