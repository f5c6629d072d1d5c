package io.zeroui.tenant.evidence.governance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.zeroui.contracts.identity.ReceiptId;
import io.zeroui.contracts.ledger.acts.HoldFilter;
import io.zeroui.contracts.ledger.acts.LedgerAct.HoldReleased;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A legal hold as clients see it; members of its filter that it does not have are left out, and all are for the whole tenant. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record HoldAnswer(String holdId, String name, @Nullable List<String> receiptIds, @Nullable String repoId, @Nullable String gateId,
        @Nullable Instant from, @Nullable Instant to, String placedBy, Instant placedAt, String reason, String caseId,
        long leafIndex, @Nullable String releasedBy, @Nullable Instant releasedAt, @Nullable String releaseReason) {

    HoldAnswer {
        receiptIds = receiptIds == null ? null : List.copyOf(receiptIds);
    }

    static HoldAnswer of(Hold hold) {
        HoldFilter filter = hold.placed().filter();
        HoldReleased released = hold.released();
        return new HoldAnswer(hold.placed().holdId(), hold.placed().name(),
                filter.receiptIds().isEmpty() ? null : filter.receiptIds().stream().map(ReceiptId::value).toList(),
                filter.repoId() == null ? null : filter.repoId().value(), filter.gateId(), filter.from(), filter.to(),
                hold.placed().why().by(), hold.placedAt(), hold.placed().why().reason(), hold.placed().why().caseId(),
                hold.placedSequence() - 1, released == null ? null : released.why().by(), hold.releasedAt(),
                released == null ? null : released.why().reason());
    }
}
