/**
 * Tables that are kept by months: their partitions are made ahead, and dropped when all of a month is too old. Calls the owner's function
 * {@code app.keep_months}; owns no table.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.months;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
