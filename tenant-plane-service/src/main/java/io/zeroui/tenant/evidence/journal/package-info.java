/**
 * The order of the ledger on disk. Beside the evidence files, which hold the receipts, each tenant has a journal: one JSON
 * line per receipt with its ledger sequence and where it lies. A receipt is in the ledger when its journal line is synced;
 * only then is it acknowledged. Writes {@code tenant/{tenant}/{region}/evidence/{data,journal,bases}}.
 *
 * <p>
 * What a crash can leave, and what {@link io.zeroui.tenant.evidence.journal.LedgerRecovery} then does before anything new is
 * accepted:
 * <ol>
 * <li><b>Inside the append to an evidence file:</b> its last line has no line feed. It was not acknowledged; it is cut off
 * and kept in the dead-letter folder (TORN_LINE), and the edge sends the receipt again.</li>
 * <li><b>After the evidence file, before the journal:</b> whole lines lie behind the journaled end of the file. They are
 * checked again and journaled in the order of day, file name and offset; a line that does not hold goes to the dead-letter
 * folder. The edge sends them again and they are recognised.</li>
 * <li><b>Inside the append to the journal:</b> a torn journal line is cut off; its receipts are then in state 2.</li>
 * <li><b>After the journal, before the acknowledgement:</b> nothing to repair; the receipts come again and are
 * recognised.</li>
 * <li><b>After the acknowledgement, before the index:</b> the index watermark is behind the journal; the indexer reads on
 * from it.</li>
 * <li><b>After the index transaction, before XACK:</b> the entries come again and are recognised by the index.</li>
 * <li><b>An append that failed while the process lives on</b> (disk full): the tenant's ledger is closed and recovered like
 * after a crash before the next batch.</li>
 * </ol>
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence.journal;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
