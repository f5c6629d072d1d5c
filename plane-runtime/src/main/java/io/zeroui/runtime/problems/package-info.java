/**
 * RFC 9457 problem documents, with the {@code error} member of the evidence API, for every answer that is not a success.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.runtime.problems;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
