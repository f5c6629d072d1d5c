/**
 * The tenants' Merkle logs: an append-only tree over every line of a journal, in the layout of C2SP tlog-tiles, with a signed
 * checkpoint behind every batch. Reads the journal, writes {@code tenant/{tenant}/{region}/evidence/log}; has no table. The
 * leaf of journal line {@code n} has index {@code n - 1}, so a rebuilt log has the same leaves at the same places.
 *
 * <p>
 * What a crash can leave, and what happens then:
 * <ol>
 * <li><b>After the journal, before a tile:</b> the log is shorter than the journal; it reads on from its checkpoint.</li>
 * <li><b>Between two tiles, or before the checkpoint:</b> tiles of a size that no checkpoint has; the same lines are appended
 * again and give the same bytes. The checkpoint that is there stays valid all the time.</li>
 * <li><b>The checkpoint is ahead of the journal, is not signed by us, or its tiles give another root:</b> no crash does that.
 * The log stays as it is for those who want to look at it, nothing is appended, and the status says so.</li>
 * </ol>
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence.merkle;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
