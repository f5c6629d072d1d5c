/**
 * The policies over HTTP: {@code /v1/policies}, {@code /v1/policy-templates} and {@code /v1/policy-schemas}.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.product.policy.http;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
