/**
 * The records of who read a tenant's evidence: the table {@code access.evidence_reads}. Reads note them in memory and one insert
 * a second writes them. A read whose record has no place in memory is refused; a crash loses the records of the last second.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence.access;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
