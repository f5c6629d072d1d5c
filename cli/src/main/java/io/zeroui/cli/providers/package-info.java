/** Commands for the registry of providers, over HTTP with the shared plane. */
@NullMarked
@CheckReturnValue
package io.zeroui.cli.providers;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
