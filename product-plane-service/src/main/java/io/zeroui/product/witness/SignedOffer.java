package io.zeroui.product.witness;

import io.zeroui.contracts.identity.Region;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.LogOrigin;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.NotVerified;
import io.zeroui.contracts.transparency.SignedNote;
import io.zeroui.contracts.transparency.VerifierKey;
import io.zeroui.contracts.witness.AddCheckpoint;
import io.zeroui.contracts.witness.CheckpointOffer;
import io.zeroui.contracts.witness.WitnessRefusal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An offer that is what it says: of that tenant's log, and signed with the key that it names. Whether that is the log's key, and
 * whether the log goes on, is for {@link OfferRules}.
 *
 * @param tenant whose log
 * @param logKey what the checkpoint is signed with
 * @param oldSize what the witness is taken to know
 * @param proof from there
 * @param note the signed checkpoint
 * @param checkpoint its text
 */
record SignedOffer(TenantId tenant, VerifierKey logKey, long oldSize, List<Hash> proof, SignedNote note,
        Checkpoint checkpoint) {

    /** Why an offer is none. Has no stack trace: it is an outcome. */
    static final class Refused extends Exception {

        private static final long serialVersionUID = 1L;
        private final WitnessRefusal refusal;

        Refused(WitnessRefusal refusal, String detail) {
            super(detail, null, false, false);
            this.refusal = refusal;
        }

        WitnessRefusal refusal() {
            return refusal;
        }

        String detail() {
            return String.valueOf(getMessage());
        }
    }

    /** Reads and verifies an offer; {@code prefix} is what the logs' names begin with. */
    static SignedOffer of(CheckpointOffer offer, String prefix) throws Refused {
        SignedOffer signed = read(offer);
        String origin = origin(offer, prefix, signed.tenant);
        if (!signed.checkpoint.origin().equals(origin) || !signed.logKey.name().equals(origin)) {
            throw new Refused(WitnessRefusal.UNKNOWN_LOG, "the checkpoint is of the log " + signed.checkpoint.origin()
                    + " by " + signed.logKey.name() + ", the tenant's is " + origin);
        }
        try {
            var unused = signed.note.verify(List.of(signed.logKey));
        } catch (NotVerified e) {
            throw new Refused(WitnessRefusal.SIGNATURE, e.reason());
        }
        return signed;
    }

    private static String origin(CheckpointOffer offer, String prefix, TenantId tenant) throws Refused {
        try {
            return new LogOrigin(prefix, Region.of(offer.region())).of(tenant);
        } catch (IllegalArgumentException e) {
            throw new Refused(WitnessRefusal.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    private static SignedOffer read(CheckpointOffer offer) throws Refused {
        try {
            VerifierKey key = VerifierKey.parse(offer.logKey());
            SignedNote note = SignedNote.parse(offer.checkpoint().getBytes(StandardCharsets.UTF_8));
            List<Hash> proof = offer.proof().stream().map(AddCheckpoint::hash).toList();
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            if (key.type() != VerifierKey.ED25519 || !checkpoint.extensions().isEmpty()) {
                throw new IllegalArgumentException("the key is of a witness, or the checkpoint has lines that nobody audits");
            }
            if (offer.oldSize() > checkpoint.size()) {
                throw new IllegalArgumentException("the old size " + offer.oldSize() + " is more than " + checkpoint.size());
            }
            return new SignedOffer(TenantId.of(offer.tenantId()), key, offer.oldSize(), proof, note, checkpoint);
        } catch (IllegalArgumentException e) {
            throw new Refused(WitnessRefusal.MALFORMED, String.valueOf(e.getMessage()));
        }
    }

    String origin() {
        return checkpoint.origin();
    }

    long size() {
        return checkpoint.size();
    }
}
