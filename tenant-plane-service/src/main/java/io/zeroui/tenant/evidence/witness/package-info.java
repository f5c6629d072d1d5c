/**
 * Cosignatures under the checkpoints of the tenants' logs (C2SP tlog-cosignature): asks the product plane's witness over the bus
 * and those outside over HTTP, and keeps what they signed. Writes channel {@code tenant-checkpoints}, reads
 * {@code product-cosignatures}; owns {@code evidence/log/witness}; has no table.
 *
 * <p>
 * Nothing waits for a witness. An answer is believed for what it is: its signature holds, and the log had that size and root. So
 * it may come late, twice or out of order, and a crash forgets nothing but whom to ask when:
 * <ol>
 * <li><b>After the offer, before the answer:</b> the offer is made again; a witness that knows more says how much, and the next
 * offer begins there.</li>
 * <li><b>After the answer, before the file:</b> the same.</li>
 * </ol>
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence.witness;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
