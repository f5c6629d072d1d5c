/** Alerts about the planes, from the shared plane. */
@NullMarked
@CheckReturnValue
package io.zeroui.cli.alerts;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
