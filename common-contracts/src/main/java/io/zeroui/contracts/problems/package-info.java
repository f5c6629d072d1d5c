/**
 * Errors as clients see them: RFC 9457 problem details with the {@code error} member of the evidence API.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.problems;

import org.jspecify.annotations.NullMarked;

import com.google.errorprone.annotations.CheckReturnValue;
