/**
 * Bearer tokens of an issuer from outside: JWT, signed with keys from the configuration.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.runtime.security.tokens;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
