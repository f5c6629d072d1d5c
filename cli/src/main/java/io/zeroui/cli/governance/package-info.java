/** Legal holds of tenants' ledgers, as the tenant plane's evidence API has them. Has no files. */
@NullMarked
@CheckReturnValue
package io.zeroui.cli.governance;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
