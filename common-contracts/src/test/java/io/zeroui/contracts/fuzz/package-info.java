/**
 * What strangers send, made up by Jazzer: whatever the bytes, a reader answers with a value or with the one failure that it promises,
 * and what it accepted it writes as it was. Run as ordinary tests, each target sees its seeds; with {@code JAZZER_FUZZ=1}, one class
 * at a time, it is fuzzed.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.fuzz;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
