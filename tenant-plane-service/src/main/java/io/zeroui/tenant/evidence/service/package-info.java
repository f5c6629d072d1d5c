/** What the evidence API says of itself: whether it works, what it counts, how it is set. Reads the index's totals. */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence.service;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
