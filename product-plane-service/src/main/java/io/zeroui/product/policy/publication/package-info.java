/**
 * Sees to it that what tenants' histories come to is what is published: after every act that changes it, once after the start, and
 * again until it succeeds.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.product.policy.publication;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
