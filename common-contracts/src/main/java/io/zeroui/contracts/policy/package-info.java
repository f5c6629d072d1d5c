/** Policies as all planes know them: how they are named, what a snapshot is, and by what it is recognised. */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.policy;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
