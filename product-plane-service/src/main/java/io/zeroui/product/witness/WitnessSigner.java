package io.zeroui.product.witness;

import io.quarkus.runtime.StartupEvent;
import io.zeroui.contracts.signature.Ed25519PrivateKey;
import io.zeroui.contracts.transparency.NoteSignature;
import io.zeroui.contracts.transparency.SignedNote;
import io.zeroui.contracts.transparency.VerifierKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The key of the witness. */
@ApplicationScoped
public class WitnessSigner {

    private static final Logger LOG = Logger.getLogger(WitnessSigner.class);

    private final @Nullable Ed25519PrivateKey key;
    private final String name;

    /** @throws IllegalStateException when the configured key is not a seed in hex */
    WitnessSigner(WitnessConfig config) {
        this.key = config.key().filter(text -> !text.isBlank()).map(WitnessSigner::key).orElse(null);
        this.name = config.name();
        if (key == null) {
            LOG.warn("the tenants' logs are not witnessed: ZEROUI_WITNESS_KEY is not set");
        }
    }

    /** A key that is none is found at the start. */
    void start(@Observes StartupEvent event) {
        verifier().ifPresent(own -> LOG.infof("the tenants' logs are witnessed by %s", own));
    }

    /** The public key, of type cosignature/v1; empty where there is no witness. */
    public Optional<VerifierKey> verifier() {
        return Optional.ofNullable(key).map(this::verifier);
    }

    /**
     * The cosignature under a checkpoint whose state is committed.
     *
     * @throws IllegalStateException where there is no witness
     */
    NoteSignature cosign(SignedNote checkpoint, Instant at) {
        Ed25519PrivateKey own = key;
        if (own == null) {
            throw new IllegalStateException("there is no key for the witness");
        }
        List<NoteSignature> all = checkpoint.cosign(verifier(own), own, at.getEpochSecond()).signatures();
        return all.get(all.size() - 1);
    }

    private VerifierKey verifier(Ed25519PrivateKey own) {
        return new VerifierKey(name, VerifierKey.COSIGNATURE_V1, own.publicKey());
    }

    private static Ed25519PrivateKey key(String hex) {
        try {
            return Ed25519PrivateKey.ofSeed(HexFormat.of().parseHex(hex.strip()));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("ZEROUI_WITNESS_KEY must be 64 hex digits, the seed of an Ed25519 key");
        }
    }
}
