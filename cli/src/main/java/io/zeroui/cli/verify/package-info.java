/**
 * Checks a tenant's ledger from its files alone, without a database or a service: lines, signatures, journal, Merkle log and
 * checkpoint. Reads {@code ZU_ROOT/tenant}; writes nothing.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.cli.verify;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
