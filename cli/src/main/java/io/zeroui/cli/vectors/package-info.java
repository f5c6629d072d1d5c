/** Commands that search and keep vectors, over HTTP with the product plane, and those that export context, with the tenant plane. */
@NullMarked
@CheckReturnValue
package io.zeroui.cli.vectors;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
