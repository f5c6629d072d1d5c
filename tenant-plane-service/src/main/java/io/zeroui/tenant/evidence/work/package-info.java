/** Where the evidence capability's blocking and computing work runs, and in which order. No streams, tables or files. */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence.work;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
