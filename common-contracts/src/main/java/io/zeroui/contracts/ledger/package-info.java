/**
 * What a tenant's ledger is on disk, for those who write it and for those who check it without a service: the journal,
 * which fixes the order of the receipts, and the entries of the Merkle log, which commit to them.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.ledger;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
