/**
 * What the tenant plane says of keys: consumes {@code tenant-keys} and writes key documents into
 * {@code ide/policy/trust/pubkeys}, where the receipts' check finds them.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.ide.keys;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
