/**
 * Where things are below {@code ZU_ROOT}: path arithmetic only, nothing here touches a file; and the data class of each folder.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.fabric;

import org.jspecify.annotations.NullMarked;

import com.google.errorprone.annotations.CheckReturnValue;
