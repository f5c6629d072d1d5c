/**
 * What a ledger goes on from whose oldest days were dropped because the tenant does not keep evidence longer: its base, and
 * the form of the file that has it.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.ledger.bases;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
