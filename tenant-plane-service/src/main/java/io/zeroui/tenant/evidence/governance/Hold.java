package io.zeroui.tenant.evidence.governance;

import io.zeroui.contracts.ledger.acts.LedgerAct.HoldPlaced;
import io.zeroui.contracts.ledger.acts.LedgerAct.HoldReleased;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A legal hold, with the acts that placed and released it.
 *
 * @param placed the act
 * @param placedAt when
 * @param placedSequence its journal line
 * @param released the act; null while the hold lasts
 * @param releasedAt when; null while the hold lasts
 */
record Hold(HoldPlaced placed, Instant placedAt, long placedSequence, @Nullable HoldReleased released,
        @Nullable Instant releasedAt) {
}
