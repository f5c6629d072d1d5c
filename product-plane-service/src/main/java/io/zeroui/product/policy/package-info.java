/**
 * The lifecycle of tenants' policies: drafts, reviews, releases and their end, decided on the histories in {@link
 * io.zeroui.product.policy.registry}, so that no database is needed to stop a policy. Owns no table.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.product.policy;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
