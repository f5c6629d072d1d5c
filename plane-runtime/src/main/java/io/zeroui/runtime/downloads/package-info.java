/** Files from the disk to a client, whole or in part. */
@NullMarked
@CheckReturnValue
package io.zeroui.runtime.downloads;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
