package io.zeroui.tenant.evidence.witness;

import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.VerifierKey;
import io.zeroui.contracts.witness.AddCheckpoint;

/**
 * What is offered to a witness.
 *
 * @param tenant whose log
 * @param logKey what the checkpoint is signed with
 * @param request the checkpoint, and the proof that it goes on from what the witness knows
 * @param checkpoint its text
 */
public record LogOffer(TenantId tenant, VerifierKey logKey, AddCheckpoint request, Checkpoint checkpoint) {
}
