package io.zeroui.tenant.evidence.merkle;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.LogOrigin;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.signature.Ed25519PrivateKey;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.NotVerified;
import io.zeroui.contracts.transparency.SignedNote;
import io.zeroui.contracts.transparency.VerifierKey;
import io.zeroui.tenant.evidence.journal.LedgerFolders;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The key of this plane's logs. It signs under a name per tenant, so that no checkpoint of one log can pass for another's.
 */
@ApplicationScoped
public class LogSigner {

    private static final Logger LOG = Logger.getLogger(LogSigner.class);

    private final @Nullable Ed25519PrivateKey key;
    private final LogOrigin origins;

    /** @throws IllegalStateException when the configured key is not a seed in hex, or the origin cannot name a log */
    LogSigner(LogConfig config, LedgerFolders folders) {
        this.key = config.key().filter(text -> !text.isBlank()).map(LogSigner::key).orElse(null);
        this.origins = new LogOrigin(config.origin(), folders.region());
        if (key == null) {
            LOG.warn("the tenants' ledgers have no Merkle log and no proofs: ZEROUI_EVIDENCE_LOG_KEY is not set");
        }
    }

    /** Whether there is a key. */
    boolean isReady() {
        return key != null;
    }

    /** The public key of a tenant's log; empty without a key. */
    public Optional<VerifierKey> verifier(TenantId tenant) {
        return Optional.ofNullable(key).map(own -> verifier(tenant, own));
    }

    /** A signed checkpoint. */
    byte[] sign(TenantId tenant, long size, Hash rootHash) {
        Ed25519PrivateKey own = require();
        return SignedNote.sign(Checkpoint.of(origins.of(tenant), size, rootHash).text(), verifier(tenant, own), own)
                .format();
    }

    /**
     * Reads a checkpoint of a tenant's log.
     *
     * @throws NotVerified when it is not signed by this key
     * @throws IllegalArgumentException when it is no checkpoint, or another log's
     */
    Checkpoint read(TenantId tenant, byte[] note) throws NotVerified {
        SignedNote signed = SignedNote.parse(note);
        var unused = signed.verify(List.of(verifier(tenant, require())));
        Checkpoint checkpoint = Checkpoint.parse(signed.text());
        if (!checkpoint.origin().equals(origins.of(tenant))) {
            throw new IllegalArgumentException("the checkpoint is of the log " + checkpoint.origin());
        }
        return checkpoint;
    }

    private VerifierKey verifier(TenantId tenant, Ed25519PrivateKey own) {
        return new VerifierKey(origins.of(tenant), VerifierKey.ED25519, own.publicKey());
    }

    private Ed25519PrivateKey require() {
        if (key == null) {
            throw new IllegalStateException("there is no key for the logs");
        }
        return key;
    }

    private static Ed25519PrivateKey key(String hex) {
        try {
            return Ed25519PrivateKey.ofSeed(HexFormat.of().parseHex(hex.strip()));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("ZEROUI_EVIDENCE_LOG_KEY must be 64 hex digits, the seed of an Ed25519 key");
        }
    }
}
