package io.zeroui.product.witness;

import io.smallrye.mutiny.Uni;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.tenants.RegistryState;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.SignedNote;
import io.zeroui.contracts.transparency.VerifierKey;
import io.zeroui.contracts.witness.AddCheckpoint;
import io.zeroui.contracts.witness.CheckpointOffer;
import io.zeroui.contracts.witness.WitnessAnswer;
import io.zeroui.contracts.witness.WitnessRefusal;
import io.zeroui.product.tenants.TenantRegistry;
import io.zeroui.product.witness.OfferRules.Decision;
import io.zeroui.runtime.database.DatabaseFailures;
import io.zeroui.runtime.database.DatabaseSchema;
import io.zeroui.runtime.problems.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Answers offers, and shows what it knows. */
@ApplicationScoped
public class Witness {

    private static final Logger LOG = Logger.getLogger(Witness.class);

    private final WitnessLogStore store;
    private final WitnessSigner signer;
    private final WitnessConfig config;
    private final TenantRegistry registry;
    private final DatabaseSchema schema;

    Witness(WitnessLogStore store, WitnessSigner signer, WitnessConfig config, TenantRegistry registry,
            DatabaseSchema schema) {
        this.store = store;
        this.signer = signer;
        this.config = config;
        this.registry = registry;
        this.schema = schema;
    }

    /** The answer to an offer. Fails only where the database does: then nothing is answered, and the offer comes again. */
    Uni<WitnessAnswer> answer(CheckpointOffer offer) {
        Optional<VerifierKey> own = signer.verifier();
        if (own.isEmpty()) {
            return Uni.createFrom().item(() -> refused(offer, WitnessRefusal.NO_WITNESS, 0, "the witness has no key"));
        }
        try {
            SignedOffer signed = SignedOffer.of(offer, config.origin());
            return schema.whenReady()
                    .chain(() -> registry.findState(signed.tenant()))
                    .chain(state -> isWitnessed(state) ? store.decide(signed)
                            : Uni.createFrom().item(new Decision.Refused(WitnessRefusal.UNKNOWN_LOG, 0,
                                    "the tenant " + signed.tenant() + " is not in the registry, or deleted")))
                    .map(decision -> answer(offer, signed, decision, own.get()));
        } catch (SignedOffer.Refused e) {
            return Uni.createFrom().item(() -> refused(offer, e.refusal(), 0, e.detail()));
        }
    }

    /** The witness' public key; empty where there is no witness. */
    Optional<VerifierKey> key() {
        return signer.verifier();
    }

    /** What is known, in the order of tenant and log. */
    Uni<List<WitnessedLog>> list(String afterTenant, String afterOrigin, int limit) {
        return available(store.list(afterTenant, afterOrigin, limit));
    }

    /** Makes another key that of a log; the log itself must still go on from what is known. Empty where it is not known. */
    Uni<Optional<WitnessedLog>> accept(TenantId tenant, VerifierKey key, String caller) {
        return available(store.accept(tenant, key.name(), key.format(), caller))
                .invoke(found -> found.ifPresent(
                        log -> LOG.warnf("%s accepted %s as the key of the log %s", caller, log.logKey(), log.origin())));
    }

    private <T> Uni<T> available(Uni<T> work) {
        return schema.isReady() ? work.onFailure(DatabaseFailures::isUnavailable).transform(failure -> unavailable())
                : Uni.createFrom().failure(unavailable());
    }

    private static ProblemException unavailable() {
        return new ProblemException(ErrorCode.DEPENDENCY_UNAVAILABLE, "The database of the product plane does not answer");
    }

    private static boolean isWitnessed(Optional<RegistryState> state) {
        return state.isPresent() && state.get() != RegistryState.DELETED;
    }

    /** What was decided is committed by now, so it may be signed. */
    private WitnessAnswer answer(CheckpointOffer offer, SignedOffer signed, Decision decision, VerifierKey own) {
        if (decision instanceof Decision.Refused refused) {
            return refused(offer, refused.refusal(), refused.knownSize(), refused.detail());
        }
        return WitnessAnswer.cosigned(offer, signed.size(), AddCheckpoint.base64(signed.checkpoint().rootHash()),
                own.format(), signer.cosign(signed.note(), Instant.now()).line());
    }

    private static WitnessAnswer refused(CheckpointOffer offer, WitnessRefusal refusal, long knownSize, String detail) {
        if (refusal.isWrong()) {
            LOG.warnf("a checkpoint of tenant %s is not witnessed: %s (%s)", offer.tenantId(), detail, refusal.key());
        }
        try {
            byte[] note = offer.checkpoint().getBytes(StandardCharsets.UTF_8);
            Checkpoint checkpoint = Checkpoint.parse(SignedNote.parse(note).text());
            return WitnessAnswer.refused(offer, checkpoint.size(), AddCheckpoint.base64(checkpoint.rootHash()), refusal,
                    knownSize, detail);
        } catch (IllegalArgumentException e) {
            return WitnessAnswer.refused(offer, 0, null, refusal, knownSize, detail);
        }
    }
}
