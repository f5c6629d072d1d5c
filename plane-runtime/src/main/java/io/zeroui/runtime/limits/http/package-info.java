/**
 * Rate limits of resource methods: the check before them, the headers of their answers, and their description.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.runtime.limits.http;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
