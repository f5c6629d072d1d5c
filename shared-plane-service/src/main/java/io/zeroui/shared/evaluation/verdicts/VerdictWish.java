package io.zeroui.shared.evaluation.verdicts;

import io.zeroui.contracts.rulings.GateVerdict.SubjectKind;
import org.jspecify.annotations.Nullable;

/**
 * What a gate is asked.
 *
 * @param gate which gate
 * @param run the run to judge
 * @param baseline the run to compare it with; null for none
 * @param subjectKind what wants to go on
 * @param subjectId which one
 * @param subjectVersion which version of it
 */
public record VerdictWish(String gate, String run, @Nullable String baseline, SubjectKind subjectKind, String subjectId, String subjectVersion) {
}
