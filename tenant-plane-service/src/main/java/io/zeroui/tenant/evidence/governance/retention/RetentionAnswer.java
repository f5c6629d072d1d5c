package io.zeroui.tenant.evidence.governance.retention;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.ledger.acts.Why;
import io.zeroui.contracts.ledger.bases.LedgerBase;
import io.zeroui.tenant.evidence.governance.Held;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant keeps, as clients see it; what is not so is left out.
 *
 * @param days full days behind the one on which a receipt came; 0 for ever
 * @param keptFrom the first day that is kept, where days are dropped
 * @param droppedLines how many lines of the ledger, from its first, are dropped
 * @param heldBy the legal hold that keeps what would go now
 * @param heldFrom the day of the oldest receipt that it keeps
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record RetentionAnswer(int days, @Nullable String setBy, @Nullable Instant setAt, @Nullable String reason, @Nullable String caseId,
        @Nullable Long leafIndex, @Nullable LocalDate keptFrom, long droppedLines, @Nullable String heldBy,
        @Nullable LocalDate heldFrom) {

    static RetentionAnswer of(Retention.State state) {
        Rule rule = state.rule();
        Why why = rule == null ? null : rule.act().why();
        LedgerBase base = state.base();
        Held held = state.held();
        return new RetentionAnswer(rule == null ? 0 : rule.act().days(), why == null ? null : why.by(), rule == null ? null : rule.at(),
                why == null ? null : why.reason(), why == null ? null : why.caseId(), rule == null ? null : rule.sequence() - 1,
                base == null ? null : base.firstDay(), base == null ? 0 : base.sequence(),
                held == null ? null : held.name(), held == null ? null : held.day());
    }
}
