package io.zeroui.product.keys;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.Kid;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.signature.Ed25519PublicKey;
import io.zeroui.contracts.signature.KeyDocument.Revocation;
import io.zeroui.product.tenants.RegistryAnnouncer;
import io.zeroui.runtime.database.DatabaseFailures;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.runtime.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Adds, replaces, revokes and restores keys of tenants; a change is committed, then announced. */
@ApplicationScoped
public class TenantKeys {

    private static final Logger LOG = Logger.getLogger(TenantKeys.class);
    private static final int CONFLICT = 409;

    private final KeyStore store;
    private final RegistryAnnouncer announcer;
    private final DatabaseSchema schema;

    TenantKeys(KeyStore store, RegistryAnnouncer announcer, DatabaseSchema schema) {
        this.store = store;
        this.announcer = announcer;
        this.schema = schema;
    }

    /** Adds a key. The same key again changes nothing; fails with 409 where the tenant has another key of that id. */
    Uni<KeyView> add(TenantId tenant, Kid kid, Ed25519PublicKey key, @Nullable Instant validFrom,
            @Nullable Instant validUntil, String caller) {
        return answer(store.add(tenant, kid, key, validFrom, validUntil, caller)
                .chain(made -> made.isPresent() ? announced(made.get(), "added")
                        : get(tenant, kid).chain(there -> same(there, key, validFrom, validUntil))));
    }

    private static Uni<KeyView> same(KeyView there, Ed25519PublicKey key, @Nullable Instant validFrom,
            @Nullable Instant validUntil) {
        boolean isSame = key.fingerprint().equals(there.fingerprint()) && Objects.equals(validFrom, there.validFrom())
                && Objects.equals(validUntil, there.validUntil());
        return isSame ? Uni.createFrom().item(there)
                : Uni.createFrom().failure(new ProblemException(ErrorCode.VALIDATION_ERROR, CONFLICT,
                        "There is a key of that id; a key is never exchanged under its id", Map.of("member", "kid")));
    }

    /** Adds the key that follows another, which ends at {@code formerUntil}: until then both are valid. */
    Uni<KeyView> rotate(TenantId tenant, Kid former, Instant formerUntil, Kid kid, Ed25519PublicKey key,
            @Nullable Instant validFrom, @Nullable Instant validUntil, String caller) {
        return add(tenant, kid, key, validFrom, validUntil, caller)
                .call(made -> answer(store.replace(tenant, former, formerUntil, kid, caller))
                        .chain(replaced -> replaced.map(view -> announced(view, "replaced by " + kid))
                                .orElseGet(() -> Uni.createFrom().failure(missing()))));
    }

    /** Revokes a key, known here or not. One that is revoked since as early a time stays as it is. */
    Uni<KeyView> revoke(TenantId tenant, Kid kid, Revocation how, String caller) {
        return answer(store.revoke(tenant, kid, how, caller)
                .chain(done -> done.isPresent() ? announced(done.get(), "revoked") : get(tenant, kid)));
    }

    /** Takes a revocation back. A key without one stays as it is. */
    Uni<KeyView> restore(TenantId tenant, Kid kid, String caller) {
        return answer(store.restore(tenant, kid, caller)
                .chain(done -> done.isPresent() ? announced(done.get(), "restored") : get(tenant, kid)));
    }

    /** The key. Fails with 404 where the registry does not know it. */
    Uni<KeyView> get(TenantId tenant, Kid kid) {
        return answer(store.find(tenant, kid)).map(found -> found.orElseThrow(TenantKeys::missing));
    }

    /** The tenant's keys that the registry knows, in the order of their ids. */
    Uni<List<KeyView>> list(TenantId tenant, @Nullable Kid after, int limit) {
        return answer(store.list(tenant, after, limit));
    }

    private Uni<KeyView> announced(KeyView key, String what) {
        LOG.infof("key %s of %s: %s by %s", key.kid(), key.tenantId(), what, key.updatedBy());
        return announcer.announce(key.version()).replaceWith(key);
    }

    private static ProblemException missing() {
        return new ProblemException(ErrorCode.RESOURCE_NOT_FOUND, "There is no such tenant, or the registry knows no such key of it");
    }

    private <T> Uni<T> answer(Uni<T> work) {
        return schema.isReady() ? work.onFailure(DatabaseFailures::isUnavailable).transform(failure -> unavailable())
                : Uni.createFrom().failure(unavailable());
    }

    private static ProblemException unavailable() {
        return new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "The database of the product plane does not answer");
    }
}
