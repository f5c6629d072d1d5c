/**
 * Ed25519 signatures in the form {@code sig-ed25519:{kid}:{base64}} and the keys that verify them.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.signature;

import org.jspecify.annotations.NullMarked;

import com.google.errorprone.annotations.CheckReturnValue;
