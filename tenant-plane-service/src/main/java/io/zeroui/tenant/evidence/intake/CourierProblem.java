package io.zeroui.tenant.evidence.intake;

import io.zeroui.contracts.problems.ErrorCode;
import io.zeroui.contracts.receipts.Hash;
import io.zeroui.contracts.receipts.Refusal;
import io.zeroui.runtime.intake.SubmitOutcome;
import io.zeroui.runtime.problems.ProblemException;
import io.zeroui.tenant.evidence.LedgerPlace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Why a courier batch is refused; nothing of it is in the ledger then, unless it was there before. */
final class CourierProblem {

    private static final int NAMED_MOST = 20;
    private static final int UNPROCESSABLE = 422;

    private CourierProblem() {
    }

    /** A member is not what it must be. */
    static ProblemException invalid(String member, String rule) {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, ErrorCode.VALIDATION_ERROR.status(), member + " " + rule,
                Map.of("member", member, "path", "/" + member));
    }

    /** The root is not that of the receipts. */
    static ProblemException wrongRoot(Hash computed) {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, UNPROCESSABLE,
                "merkle_root is not the root hash (RFC 6962) over the lines of these receipts",
                Map.of("member", "merkle_root", "path", "/merkle_root", "reason", "MERKLE_ROOT_MISMATCH", "computed",
                        computed.prefixed()));
    }

    /** A line is in it twice. */
    static ProblemException twice(int index) {
        return new ProblemException(ErrorCode.VALIDATION_ERROR, UNPROCESSABLE, "the batch has a receipt twice",
                Map.of("member", "receipts", "path", "/receipts/" + index, "reason", "RECEIPT_TWICE"));
    }

    /** Another batch has the id. */
    static ProblemException conflict(String batchId) {
        return new ProblemException(ErrorCode.DUPLICATE_RECEIPT, ErrorCode.DUPLICATE_RECEIPT.status(),
                "another batch has the id " + batchId, Map.of("member", "batch_id", "reason", "CONFLICTING_BATCH"));
    }

    /** Some of its receipts are refused: the status and code are those of the first one. */
    static ProblemException refused(List<SubmitOutcome<LedgerPlace>> outcomes) {
        List<Map<String, Object>> named = new ArrayList<>();
        int count = 0;
        Refusal first = null;
        for (int i = 0; i < outcomes.size(); i++) {
            if (outcomes.get(i) instanceof SubmitOutcome.Refused<LedgerPlace> refused) {
                first = first == null ? refused.refusal() : first;
                count++;
                if (named.size() < NAMED_MOST) {
                    named.add(named(i, refused));
                }
            }
        }
        if (first == null) {
            throw new IllegalArgumentException("no receipt is refused");
        }
        return new ProblemException(first.reason().errorCode(), first.reason().httpStatus(),
                count + " of " + outcomes.size() + " receipts are refused, so none was taken",
                Map.of("reason", first.reason().name(), "refused", count, "receipts", named));
    }

    private static Map<String, Object> named(int index, SubmitOutcome.Refused<LedgerPlace> refused) {
        Map<String, Object> named = new LinkedHashMap<>();
        named.put("index", index);
        named.put("reason", refused.refusal().reason().name());
        named.put("detail", refused.refusal().detail());
        named.put("path", "/receipts/" + index + (refused.refusal().path() == null ? "" : refused.refusal().path()));
        return named;
    }
}
