/**
 * The registry's keys: which keys sign a tenant's receipts, since when and until when, and which of them are revoked. Owns the
 * tables {@code registry.keys} and {@code registry.key_changes}; announced on the channel {@code product-tenants}.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.product.keys;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
