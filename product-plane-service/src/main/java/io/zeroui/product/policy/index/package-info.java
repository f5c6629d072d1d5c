/**
 * The index of tenants' policies: {@code app.policy_versions}, {@code app.policy_history}, {@code app.policy_bundles} and how far it is,
 * {@code app.policy_watermarks}. Computed from the histories; nothing is decided by it. Says which versions there are where receipts are
 * counted.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.product.policy.index;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
