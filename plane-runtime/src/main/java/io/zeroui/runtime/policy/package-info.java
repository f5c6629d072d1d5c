/**
 * A tenant's released policies in files: what was verified, written so that a crash leaves the release before or the one after, and handed
 * on to who asks. All planes that hold policies use it; who speaks over which channel is theirs to say.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.runtime.policy;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
