/**
 * The hash chains of the ledger, without I/O: one chain per emitter, so that a removed, added or exchanged line breaks all
 * links after it.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence.chain;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
