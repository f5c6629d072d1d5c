package io.zeroui.shared.evaluation.verdicts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.rulings.GateVerdict;
import io.zeroui.contracts.rulings.GateVerdict.SubjectKind;
import io.zeroui.contracts.rulings.GateVerdict.Verdict;
import io.zeroui.shared.evaluation.gates.GateDecision;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a gate decided.
 *
 * @param number of the act that decided; later verdicts have higher ones
 * @param gate which gate
 * @param gateVersion which version of it
 * @param subjectKind {@code model}, {@code policy}, {@code prompt} or {@code agent}
 * @param subjectId which one
 * @param subjectVersion which version of it
 * @param passed whether it may go on
 * @param run the run that was judged
 * @param baseline the run that it was compared with; absent where there was none
 * @param reasons what each criterion says
 * @param decidedAt when
 * @param decidedBy who asked
 * @param expiresAt from when it does not count any more
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record KeptVerdict(long number, String gate, long gateVersion, String subjectKind, String subjectId, String subjectVersion, boolean passed,
        String run, @Nullable String baseline, List<GateDecision.Reason> reasons, Instant decidedAt, String decidedBy, Instant expiresAt) {

    private static final int REASONS_MOST = 20;
    private static final int REASON_MOST = 500;

    /** As the other planes get it: criteria that are not met first, since there is room for few. */
    GateVerdict told() {
        List<String> texts = reasons.stream().sorted((one, other) -> Boolean.compare(one.met(), other.met()))
                .map(GateDecision.Reason::text).map(text -> text.length() <= REASON_MOST ? text : text.substring(0, REASON_MOST)).limit(REASONS_MOST)
                .toList();
        return new GateVerdict(gate, SubjectKind.valueOf(subjectKind.toUpperCase(Locale.ROOT)), subjectId, subjectVersion,
                passed ? Verdict.PASS : Verdict.FAIL, run, texts, decidedAt, expiresAt);
    }
}
