/**
 * Templates of policies and schemas of their contents: files in {@code product/{region}/policy/registry/templates}, the same for all
 * tenants.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.product.policy.templates;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
