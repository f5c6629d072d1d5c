/**
 * How receipts are erased in a tenant's files. Every line is overwritten in its place by one of the same length, so that nothing
 * else moves: in the evidence file by what {@link io.zeroui.contracts.ledger.ErasedLine} says, in the journal by a line without
 * hash and salt, in the dead-letter files by the reason alone. Writes {@code tenant/{tenant}/{region}/evidence/erasures}, and
 * into the files of the packages {@code journal} and {@code deadletters}.
 *
 * <p>
 * The steps, each on the disk before the next begins, and what happens after a crash behind it:
 * <ol>
 * <li><b>Nothing:</b> nothing has happened.</li>
 * <li><b>The intent</b>, with all bytes that will be written and where: from here on the erasure is finished, come what may. The
 * next opening of the ledger writes everything again, which changes nothing where it is written already, and appends the
 * tombstones that the journal does not have.</li>
 * <li><b>The tombstones</b> in the journal, and so in the log.</li>
 * <li><b>The lines</b>, one after the other. A line that is half written is written again as a whole: the intent has it.</li>
 * <li><b>Exports</b> that may have one of the lines are removed; what is removed already stays so.</li>
 * <li><b>The intent removed:</b> the files are done. The index follows with the tombstones, as with any journal line.</li>
 * </ol>
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence.erasure;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
