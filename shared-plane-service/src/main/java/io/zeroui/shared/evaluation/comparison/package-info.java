/**
 * Compares two runs item by item, and says how sure a mean is. Pure; owns no table and no file.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.evaluation.comparison;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
