/**
 * What each tenant's edges could have of its policies and what they reported: {@code tenant/{tenant}/{region}/policy/history}. Written by
 * the mirror before a release counts, read by whoever judges receipts. No streams, no tables.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.policy.history;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
