/**
 * Keeps what is not accepted, with the reason: {@code ZU_ROOT/ide/receipts/quarantine/{date}.jsonl}. The files
 * are the record; a rebuild refuses the same lines again because they are there.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.ide.receipts.quarantine;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
