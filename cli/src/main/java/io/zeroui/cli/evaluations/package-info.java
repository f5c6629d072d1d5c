/** Commands for evaluations, over HTTP with the shared plane. */
@NullMarked
@CheckReturnValue
package io.zeroui.cli.evaluations;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
