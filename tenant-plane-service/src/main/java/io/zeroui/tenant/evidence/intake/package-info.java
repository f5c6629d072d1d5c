/**
 * Receipts that come over HTTP: one as a body, or many as a stream. They take the ledger's one way, like those from the edges;
 * nothing of them is kept here. Its settings bound what is under way.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence.intake;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
