/**
 * The HTTP surface of evaluations, {@code /v1/evaluations}. Owns no table.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.evaluation.http;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
