/**
 * The verified copy of what the shared plane has ruled, in planes that follow it: one file, {@code rulings.json}, taken from the stream
 * {@code shared-registry} and asked for on the plane's own stream of questions. Decisions are answered from memory, so without network.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.runtime.rulings;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
