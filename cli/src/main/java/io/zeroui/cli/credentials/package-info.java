/**
 * API keys of the planes: made, listed, rotated and revoked over the planes' own API, and the administrator key of this
 * installation as a header for other programs.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.cli.credentials;

import org.jspecify.annotations.NullMarked;

import com.google.errorprone.annotations.CheckReturnValue;
