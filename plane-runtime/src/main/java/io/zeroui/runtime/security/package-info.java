/**
 * Who is calling, and what the caller may do. The gate (package gate) lets no request through without a credential that the
 * packages keys or tokens accept; a resource asks here who its caller is.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.runtime.security;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
