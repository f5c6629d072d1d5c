/**
 * The shared plane's files, which are its truth. Every area has a {@code journal.jsonl}, one {@link io.zeroui.shared.journal.Act act}
 * a line, each with the hash of the line before it, and {@code objects/}, documents by their SHA-256. The database is computed from
 * these alone: a capability's {@link io.zeroui.shared.journal.Projection} writes its rows in the transaction that moves its position,
 * and takes nothing but the acts into account. Owns {@code app.journal_positions}.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.journal;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
