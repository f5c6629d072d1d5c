package io.zeroui.tenant.evidence.merkle;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.receipts.Hash;
import java.util.List;

/**
 * That a log has only grown.
 *
 * @param from the earlier size
 * @param fromRoot its root hash, base64
 * @param to the later size
 * @param toRoot its root hash, base64
 * @param proof base64 hashes as RFC 9162 §2.1.4 orders them
 * @param checkpoint the last signed note
 */
@JsonNaming(SnakeCaseStrategy.class)
record ConsistencyAnswer(long from, String fromRoot, long to, String toRoot, List<String> proof, String checkpoint) {

    static ConsistencyAnswer of(long from, Hash fromRoot, long to, Hash toRoot, List<Hash> proof, String note) {
        return new ConsistencyAnswer(from, ProofAnswer.base64(fromRoot.bytes()), to, ProofAnswer.base64(toRoot.bytes()),
                proof.stream().map(hash -> ProofAnswer.base64(hash.bytes())).toList(), note);
    }
}
