/**
 * Erasure, legal hold and retention over HTTP: who may, whether a hold forbids it, and what was done. Everything that is done is
 * an act in the tenant's journal; the table {@code app.ledger_acts} is computed from it.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence.governance;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
