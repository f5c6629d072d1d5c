/**
 * API keys of this plane: made, listed, rotated and revoked over {@code /v1/credentials}, stored in {@code access.api_keys}
 * as hashes, checked in memory.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.runtime.security.keys;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
