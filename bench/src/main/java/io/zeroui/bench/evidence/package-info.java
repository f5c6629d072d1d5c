/** The evidence ledger of one tenant at growing sizes, beside raw PostgreSQL with the same rows. */
@NullMarked
@CheckReturnValue
package io.zeroui.bench.evidence;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
