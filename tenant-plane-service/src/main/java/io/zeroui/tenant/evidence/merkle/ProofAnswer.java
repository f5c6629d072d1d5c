package io.zeroui.tenant.evidence.merkle;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.identity.TenantId;
import io.zeroui.contracts.ledger.JournalEntry;
import io.zeroui.contracts.ledger.Salt;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.VerifierKey;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that somebody outside needs, with the stored line, to see that a receipt is in the log: commitment = SHA-256(salt ‖
 * line) is in the entry, SHA-256(0 ‖ entry) is the leaf, the proof (RFC 9162 §2.1.3) leads to the checkpoint's root, and the
 * checkpoint is signed with the key.
 *
 * @param receiptId the receipt
 * @param tenantId whose ledger
 * @param key verifier key of the log, a vkey of C2SP signed-note
 * @param leafIndex from 0
 * @param treeSize of the checkpoint
 * @param salt hex; null for a line without one
 * @param entry the log's entry, base64; see {@code io.zeroui.contracts.ledger.LogEntry}
 * @param leafHash base64
 * @param proof base64 hashes, the lowest first
 * @param checkpoint the signed note
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProofAnswer(String receiptId, String tenantId, String key, long leafIndex, long treeSize,
        @Nullable String salt, String entry, String leafHash, List<String> proof, String checkpoint) {

    static ProofAnswer of(JournalEntry line, TenantId tenant, VerifierKey key, long index, Checkpoint checkpoint,
            byte[] entry, Hash leaf, List<Hash> proof, String note) {
        Salt salt = line.commitment().salt();
        return new ProofAnswer(line.receiptId().value(), tenant.value(), key.format(), index, checkpoint.size(),
                salt == null ? null : salt.hex(), base64(entry), base64(leaf.bytes()),
                proof.stream().map(hash -> base64(hash.bytes())).toList(), note);
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
