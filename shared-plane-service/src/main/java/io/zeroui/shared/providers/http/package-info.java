/** The registry of providers over HTTP. */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.providers.http;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
