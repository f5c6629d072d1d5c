/**
 * The verdict: whether a document is verified under a trust root, and every reason by name when it is not.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.attestation.verify;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
