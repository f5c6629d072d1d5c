/** The command {@code policy}: what becomes of tenants' policies, from draft to revocation. */
@NullMarked
@CheckReturnValue
package io.zeroui.cli.policies;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
