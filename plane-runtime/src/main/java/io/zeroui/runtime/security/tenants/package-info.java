/**
 * Whose data a request is for. What reaches another tenant than the credential's own leaves a row in
 * {@code access.audit}.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.runtime.security.tenants;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
