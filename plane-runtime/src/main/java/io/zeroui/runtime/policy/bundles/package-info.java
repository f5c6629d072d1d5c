/**
 * Released policies in the bundle format of OPA (Open Policy Agent), for programs that know OPA's bundle API: which files a bundle has,
 * their bytes, their signature, and when a caller gets them. Whose policies a bundle has, and which versions of them, the planes say.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.runtime.policy.bundles;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
