/**
 * What the ledger cannot accept: kept with its reason in the tenant's dead-letter folder
 * ({@code tenant/{tenant}/{region}/evidence/dlq}), never dropped.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence.deadletters;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
