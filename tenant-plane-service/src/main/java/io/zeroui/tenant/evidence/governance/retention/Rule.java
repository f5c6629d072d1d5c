package io.zeroui.tenant.evidence.governance.retention;

import io.zeroui.contracts.ledger.acts.LedgerAct.RetentionSet;
import java.time.Instant;

/**
 * How long a tenant keeps its evidence.
 *
 * @param act that said so
 * @param at when
 * @param sequence its journal line
 */
record Rule(RetentionSet act, Instant at, long sequence) {
}
