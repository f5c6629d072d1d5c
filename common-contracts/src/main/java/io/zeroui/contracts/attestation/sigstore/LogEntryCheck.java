package io.zeroui.contracts.attestation.sigstore;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.zeroui.contracts.attestation.AttestationRefused;
import io.zeroui.contracts.attestation.Reason;
import io.zeroui.contracts.attestation.trust.TrustedLog;
import io.zeroui.contracts.json.CanonicalJson;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.MerkleTree;
import io.zeroui.contracts.transparency.NotVerified;
import io.zeroui.contracts.transparency.NoteSignature;
import io.zeroui.contracts.transparency.SignedNote;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether a transparency log has an entry, and since when. */
public final class LogEntryCheck {

    private LogEntryCheck() {
    }

    /**
     * Checks that the entry is about the bundle.
     *
     * @param signer the DER form of the certificate or public key
     * @throws AttestationRefused when it is about another content, signature or signer
     */
    public static void requireAbout(LogEntry entry, Bundle bundle, byte[] signer) throws AttestationRefused {
        LogBody.check(entry, bundle, signer);
    }

    /**
     * Checks that a trusted log has the entry: its promise and its proof, each where it is given.
     *
     * @param proofNeeded whether an inclusion proof with a checkpoint must be there; without, a promise will do
     * @return when the log took it in; empty when the log does not vouch for the time
     * @throws AttestationRefused when the log is not trusted, or what it has signed does not hold
     */
    public static Optional<Instant> check(LogEntry entry, boolean proofNeeded, List<TrustedLog> logs)
            throws AttestationRefused {
        TrustedLog log = logs.stream().filter(known -> known.isNamedBy(entry.logId())).findFirst().orElseThrow(
                () -> new AttestationRefused(Reason.UNKNOWN_LOG, "the log of the entry is not trusted"));
        InclusionProof proof = entry.proof();
        boolean proven = proof != null && !proof.checkpoint().isEmpty();
        if (!proven && (proofNeeded || entry.promise() == null)) {
            throw new AttestationRefused(Reason.INCLUSION_PROOF_MISSING, "the entry has no inclusion proof with a checkpoint");
        }
        if (proof != null) {
            requireIncluded(entry, proof);
        }
        if (proof != null && proven) {
            requireCheckpoint(proof, log);
        }
        return promised(entry, entry.promise(), log);
    }

    private static Optional<Instant> promised(LogEntry entry, byte @Nullable [] promise, TrustedLog log)
            throws AttestationRefused {
        if (promise == null) {
            return Optional.empty();
        }
        ObjectNode signed = JsonNodeFactory.instance.objectNode().put("body", Base64.getEncoder().encodeToString(entry.body()))
                .put("integratedTime", entry.integratedSeconds()).put("logID", HexFormat.of().formatHex(entry.logId()))
                .put("logIndex", entry.index());
        if (!log.key().verifies(CanonicalJson.of(signed), promise)) {
            throw new AttestationRefused(Reason.SIGNED_ENTRY_TIMESTAMP_WRONG, "the log has not signed this entry, index and time");
        }
        Instant time = Instant.ofEpochSecond(entry.integratedSeconds());
        if (!log.validity().covers(time)) {
            throw new AttestationRefused(Reason.UNKNOWN_LOG, "the log was not trusted at " + time);
        }
        return Optional.of(time);
    }

    private static void requireIncluded(LogEntry entry, InclusionProof proof) throws AttestationRefused {
        try {
            MerkleTree.verifyInclusion(MerkleTree.leafHash(entry.body()), proof.index(), proof.size(), proof.hashes(),
                    proof.rootHash());
        } catch (NotVerified e) {
            throw new AttestationRefused(Reason.INCLUSION_PROOF_WRONG, e.reason());
        }
    }

    private static void requireCheckpoint(InclusionProof proof, TrustedLog log) throws AttestationRefused {
        SignedNote note;
        Checkpoint checkpoint;
        try {
            note = SignedNote.parse(proof.checkpoint().getBytes(StandardCharsets.UTF_8));
            checkpoint = Checkpoint.parse(note.text());
        } catch (IllegalArgumentException e) {
            throw new AttestationRefused(Reason.CHECKPOINT_WRONG, "the checkpoint cannot be read: " + e.getMessage());
        }
        if (checkpoint.size() != proof.size() || !checkpoint.rootHash().equals(proof.rootHash())) {
            throw new AttestationRefused(Reason.CHECKPOINT_WRONG, "the checkpoint is of another tree than the proof");
        }
        int keyId = ByteBuffer.wrap(log.id()).getInt();
        byte[] text = note.text().getBytes(StandardCharsets.UTF_8);
        for (NoteSignature signature : note.signatures()) {
            if (signature.keyId() == keyId && log.key().verifies(text, signature.bytes())) {
                return;
            }
        }
        throw new AttestationRefused(Reason.CHECKPOINT_UNSIGNED, "the log has not signed the checkpoint");
    }
}
