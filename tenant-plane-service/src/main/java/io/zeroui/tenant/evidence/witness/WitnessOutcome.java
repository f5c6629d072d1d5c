package io.zeroui.tenant.evidence.witness;

import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.transparency.NoteSignature;
import io.zeroui.contracts.transparency.VerifierKey;
import io.zeroui.contracts.witness.WitnessRefusal;

/** What a witness made of an offer. Nothing of it is believed before it is checked. */
public sealed interface WitnessOutcome {

    /**
     * A cosignature.
     *
     * @param size of the checkpoint
     * @param rootHash of it
     * @param witness whose
     * @param signature it
     */
    record Cosigned(long size, Hash rootHash, VerifierKey witness, NoteSignature signature) implements WitnessOutcome {
    }

    /**
     * Another offer is welcome.
     *
     * @param knownSize where it must begin
     */
    record Conflict(long knownSize) implements WitnessOutcome {
    }

    /**
     * There is no cosignature.
     *
     * @param size of the checkpoint; 0 where it could not be read
     * @param refusal why
     * @param detail in words
     */
    record Refused(long size, WitnessRefusal refusal, String detail) implements WitnessOutcome {
    }

    /**
     * No answer, or none that can be understood.
     *
     * @param reason in words
     */
    record Failed(String reason) implements WitnessOutcome {
    }
}
