/**
 * The mirror of the tenants' policies: consumes {@code product-policy}, keeps what is verified in {@code tenant/{tenant}/{region}/policy}, and hands
 * it on to the edges over {@code tenant-policy}, as the product plane signed it; it signs nothing. Consumes {@code ide-policy-questions}, which
 * also say what is active where and are noted in {@code policy.history}; asks on {@code tenant-policy-questions} for what it lacks.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.policy;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
