/**
 * What is released: signs tenants' policies with the roles of TUF ({@code contracts.policy.trust}), keeps them in
 * {@code product/{region}/policy/registry/releases}, and tells the tenant plane over {@code product-policy}.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.product.policy.release;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
