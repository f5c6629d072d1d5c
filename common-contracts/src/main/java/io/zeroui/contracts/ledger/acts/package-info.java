/**
 * What is done to a tenant's ledger beside adding receipts: erasures, legal holds, how long receipts are kept, and days that are dropped. Each is a statement in the
 * journal and so in the Merkle log, and says who did it, why, and in which case.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.ledger.acts;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
