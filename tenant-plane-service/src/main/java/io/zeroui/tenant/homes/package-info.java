/**
 * Moves tenants up to the homes that the registry wishes for them, while they are used, and says how far that is. The
 * mechanism is {@code io.zeroui.runtime.tenancy}; the table is {@code app.tenant_homes}.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.homes;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
