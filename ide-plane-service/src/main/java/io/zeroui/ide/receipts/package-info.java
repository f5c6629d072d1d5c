/**
 * What the packages below share: positions and entries of receipts, the check that every line must pass, the receipt
 * files below {@code ZU_ROOT/ide/receipts}, worker threads, limits. Pure but for {@link
 * io.zeroui.ide.receipts.ReceiptFiles}.
 *
 * <p>The way of a line: <em>bulk</em> or <em>intake</em> takes it by HTTP, <em>claims</em> keeps its id unique, the fabric's append
 * log makes it durable, <em>index</em> brings it into the database, <em>lookup</em> finds it; <em>tail</em> reads what others
 * appended; <em>quarantine</em> keeps what is not accepted.
 *
 * <p>What a crash can do, and why no acknowledged receipt is lost: before the append's sync nothing was acknowledged; a torn
 * line is ended by the next append and goes to quarantine. After the sync and before the index transaction the line lies
 * behind its file's watermark and is read from there at the next start. Index row, outbox row and watermark are one
 * transaction. After it and before the relay the row is in the outbox; after the relay and before the acknowledgement the
 * row is sent again, and the tenant plane recognises it. A quarantine entry is written before the watermark passes its line,
 * and a line that has one is not judged again. One window is open: if the process dies within moments of acknowledging a
 * receipt whose id another program had written to a file just before with other bytes, the earlier line wins and the
 * acknowledged one goes to quarantine as a conflicting duplicate.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.ide.receipts;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
