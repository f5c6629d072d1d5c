/**
 * Drops the oldest days of a ledger that its tenant does not keep any longer, in these steps, each durable before the next:
 * <ol>
 * <li>a base is written beside the ledger ({@code bases/{sequence}.jsonl}): the last link of each chain, every act, what is left of
 * erased receipts. It counts for nothing yet;</li>
 * <li>an act in the journal names its hash. From now on the days before are dropped, whatever happens;</li>
 * <li>the index follows the act, and lets the rows go, some at a time;</li>
 * <li>the files of these days go, those of the journal last, and the bundles of the log's entries; its hashes stay.</li>
 * </ol>
 * A crash before the second step leaves a base that counts for nothing and is removed; behind it, the rest is done again.
 * Writes {@code tenant/{tenant}/{region}/evidence/bases} and {@code app.dropped_links}; see ADR 0031.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence.retention;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
