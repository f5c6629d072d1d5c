package io.zeroui.runtime.security.keys;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.Plane;
import io.zeroui.contracts.access.ApiKey;
import io.zeroui.contracts.access.KeyScope;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.runtime.PlaneConfig;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.runtime.security.Caller;
import io.zeroui.runtime.security.SecurityConfig;
import io.zeroui.runtime.security.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The API keys of this plane. A change counts at once in this instance, and in others within
 * {@link SecurityConfig#refresh()}. While the database does not answer, known keys work for
 * {@link SecurityConfig#outage()}; an unknown one is then neither accepted nor called wrong.
 */
@ApplicationScoped
public class ApiKeys {

    private static final Logger LOG = Logger.getLogger(ApiKeys.class);
    private static final Duration REFRESH_MOST = Duration.ofSeconds(5);
    private static final int LISTED_MOST = 1000;

    private final ApiKeyStore store;
    private final DatabaseSchema schema;
    private final SecurityConfig config;
    private final KeyScope scope;
    private final KeyRing ring;
    /** Subjects of the callers since it was written last. */
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    /** Keys whose use today is written already, so that it costs one write a day and key. */
    private volatile Written written = new Written(LocalDate.EPOCH, Set.of());

    private record Written(LocalDate day, Set<String> subjects) {
    }

    ApiKeys(ApiKeyStore store, DatabaseSchema schema, SecurityConfig config, PlaneConfig plane) {
        this.store = store;
        this.schema = schema;
        this.config = config;
        if (config.refresh().compareTo(REFRESH_MOST) > 0) {
            throw new IllegalStateException("zeroui.security.refresh must be at most " + REFRESH_MOST);
        }
        Plane own = Plane.ofKey(plane.plane());
        this.scope = KeyScope.of(own);
        this.ring = new KeyRing(own, config.adminKeyHash().map(AdminKey::parse),
                config.refresh().multipliedBy(2).plus(REFRESH_MOST), config.outage());
    }

    /** What is to be said of the text that a caller offers as a key. Asks no database. */
    public Verdict check(String text) {
        Verdict verdict = ring.check(text, Instant.now());
        if (verdict instanceof Verdict.Accepted accepted) {
            used.add(accepted.caller().subject());
        }
        return verdict;
    }

    /** Makes a key; the answer is the only one that has its secret. Fails with a {@link ProblemException}. */
    public Uni<KeyView> create(NewKey wish, Caller maker) {
        Instant now = Instant.now();
        KeyWish checked = KeyWish.of(wish, maker, now);
        return add(checked, maker, null, now);
    }

    /** The newest keys, at most 1,000, without secrets. */
    public Uni<List<KeyView>> list() {
        return store.listNewest(LISTED_MOST)
                .map(keys -> keys.stream().map(key -> KeyView.of(key, null, Instant.now())).toList())
                .onFailure().transform(ApiKeys::unavailable);
    }

    /** Revokes a key; fails with 404 where there is none. Doing it twice is no error. */
    public Uni<Void> revoke(String keyId, Caller caller) {
        return store.revoke(keyId)
                .onFailure().transform(ApiKeys::unavailable)
                .invoke(found -> {
                    if (!found) {
                        throw missing();
                    }
                    LOG.infof("key %s was revoked by %s", keyId, caller.subject());
                })
                .call(this::reload)
                .replaceWithVoid();
    }

    /**
     * Makes a key with the name, tenant and permissions of another one, which goes on working for the overlap.
     *
     * @param overlap ISO 8601, for example {@code P1D}
     */
    public Uni<KeyView> rotate(String keyId, String overlap, Caller maker) {
        Instant now = Instant.now();
        Instant end = KeyWish.after(now, "overlap", overlap);
        return store.find(keyId)
                .onFailure().transform(ApiKeys::unavailable)
                .chain(old -> {
                    if (old == null || !old.isValidAt(now)) {
                        throw missing();
                    }
                    return add(successor(old, maker), maker, keyId, now);
                })
                .call(() -> store.endAt(keyId, end))
                .call(this::reload);
    }

    private static KeyWish successor(StoredKey old, Caller maker) {
        if (!maker.permissions().containsAll(old.permissions())) {
            throw new ProblemException(ErrorCode.FORBIDDEN,
                    "The credential does not have all permissions of this key and cannot give them");
        }
        return new KeyWish(old.name(), old.tenant(), old.permissions(), old.expiresAt());
    }

    private Uni<KeyView> add(KeyWish wish, Caller maker, @Nullable String replaces, Instant now) {
        ApiKey key = ApiKey.generate(scope);
        StoredKey stored = new StoredKey(key.keyId(), key.hash(), wish.name(), wish.tenant(), wish.permissions(), now,
                maker.subject(), wish.expiresAt(), null, replaces, null);
        return store.insert(stored, config.keysMost())
                .onFailure().transform(ApiKeys::unavailable)
                .invoke(inserted -> {
                    if (!inserted) {
                        throw new ProblemException(ErrorCode.VALIDATION_ERROR, "There are " + config.keysMost()
                                + " usable keys already; revoke some first");
                    }
                    LOG.infof("key %s was made by %s", key.keyId(), maker.subject());
                })
                .call(this::reload)
                .map(done -> KeyView.of(stored, key, now));
    }

    /** Reads the keys and writes down which were used; a failure is told and tried again at the next turn. */
    @Scheduled(every = "{zeroui.security.refresh}", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> refresh() {
        if (!schema.isReady()) {
            return Uni.createFrom().voidItem();
        }
        return reload()
                .chain(this::writeUse)
                .onFailure().invoke(failure -> LOG.debugf("the keys could not be read: %s", failure.getMessage()))
                .onFailure().recoverWithNull();
    }

    private Uni<Void> reload() {
        Instant asked = Instant.now();
        return store.listUsable(config.keysMost()).invoke(keys -> ring.replace(keys, asked)).replaceWithVoid();
    }

    private Uni<Void> writeUse() {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        Set<String> known = written.day().equals(today) ? written.subjects() : Set.of();
        Set<String> all = new HashSet<>(known);
        all.addAll(used);
        used.removeAll(all);
        if (all.size() == known.size()) {
            return Uni.createFrom().voidItem();
        }
        List<String> keyIds = all.stream().map(subject -> subject.substring(Caller.KEY.length())).toList();
        return store.used(keyIds, today).invoke(() -> written = new Written(today, all));
    }

    private static Throwable unavailable(Throwable failure) {
        return failure instanceof ProblemException ? failure
                : new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "The database does not answer");
    }

    private static ProblemException missing() {
        return new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, "There is no such key");
    }
}
