/** Finding a tenant's receipts and following its ledger, over HTTP. Owns no data. */
@NullMarked
@CheckReturnValue
package io.zeroui.cli.receipts;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
