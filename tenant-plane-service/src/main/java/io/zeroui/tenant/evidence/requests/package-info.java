/** What questions about the ledger have in common: how their bodies are read, and the cursors of their pages. */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence.requests;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
