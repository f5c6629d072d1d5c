/**
 * Strict reading of JSON lines within limits, and canonical JSON (RFC 8785).
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.json;

import org.jspecify.annotations.NullMarked;

import com.google.errorprone.annotations.CheckReturnValue;
