package io.zeroui.cli.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.zeroui.cli.CliFailure;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.json.InvalidJson;
import io.zeroui.contracts.json.JsonLimits;
import io.zeroui.contracts.json.StrictJson;
import io.zeroui.contracts.ledger.Commitment;
import io.zeroui.contracts.ledger.LogEntry;
import io.zeroui.contracts.ledger.Salt;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.receipts.ReceiptHeader;
import io.zeroui.contracts.receipts.ReceiptRefused;
import io.zeroui.contracts.transparency.Checkpoint;
import io.zeroui.contracts.transparency.MerkleTree;
import io.zeroui.contracts.transparency.NotVerified;
import io.zeroui.contracts.transparency.SignedNote;
import io.zeroui.contracts.transparency.VerifierKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The proof that a receipt is in its tenant's log, checked here and not believed. */
public final class ReceiptProof {

    private final Checkpoint checkpoint;
    private final LogEntry entry;
    private final long leafIndex;
    private final int hashes;

    private ReceiptProof(Checkpoint checkpoint, LogEntry entry, long leafIndex, int hashes) {
        this.checkpoint = checkpoint;
        this.entry = entry;
        this.leafIndex = leafIndex;
        this.hashes = hashes;
    }

    /**
     * Checks an answer of {@code GET /v1/evidence/receipts/{id}/proof}.
     *
     * @param answer the answer
     * @param id the receipt that was asked for
     * @param line the stored line
     * @param key of the log of the tenant who was asked for
     * @throws CliFailure when it does not prove that this line is in a log with this key
     */
    public static ReceiptProof check(JsonNode answer, ReceiptId id, byte[] line, VerifierKey key) {
        try {
            SignedNote note = SignedNote.parse(answer.path("checkpoint").asText().getBytes(StandardCharsets.UTF_8));
            var unused = note.verify(List.of(key));
            Checkpoint checkpoint = Checkpoint.parse(note.text());
            if (!checkpoint.origin().equals(key.name())) {
                throw refused("the checkpoint is of the log " + checkpoint.origin() + ", not " + key.name());
            }
            if (!ReceiptHeader.read(StrictJson.parseObject(line, JsonLimits.RECEIPT)).id().equals(id)) {
                throw refused("the line is not receipt " + id);
            }
            byte[] bytes = base64(answer.path("entry"));
            LogEntry entry = LogEntry.read(bytes);
            Salt salt = answer.hasNonNull("salt") ? Salt.parse(answer.path("salt").asText()) : null;
            if (!new Commitment(salt, entry.commitment()).isTo(line)) {
                throw refused("the log's entry is not about this line");
            }
            long index = answer.path("leaf_index").asLong(-1);
            List<Hash> proof = new ArrayList<>();
            answer.path("proof").forEach(hash -> proof.add(new Hash(base64(hash))));
            MerkleTree.verifyInclusion(MerkleTree.leafHash(bytes), index, checkpoint.size(), proof, checkpoint.rootHash());
            return new ReceiptProof(checkpoint, entry, index, proof.size());
        } catch (NotVerified | InvalidJson | ReceiptRefused | IllegalArgumentException e) {
            throw refused(String.valueOf(e.getMessage()));
        }
    }

    /** What is proved, in words. */
    public String text() {
        return """
                log         %s
                line        %d of %d, taken in at %s
                root        %s
                proof       %d hashes lead from the line to the signed root""".formatted(checkpoint.origin(), leafIndex + 1,
                checkpoint.size(), entry.at(), checkpoint.rootHash(), hashes);
    }

    private static byte[] base64(JsonNode text) {
        return Base64.getDecoder().decode(text.asText());
    }

    private static CliFailure refused(String why) {
        return new CliFailure("the answer proves nothing: " + why, "check the whole ledger with ./zeroui verify");
    }
}
