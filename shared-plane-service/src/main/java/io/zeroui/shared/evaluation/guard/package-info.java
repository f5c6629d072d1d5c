/**
 * Keeps tenants' data out of evaluations: what a fixture or a result must not have in it. Pure; owns no table and no file.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.evaluation.guard;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
