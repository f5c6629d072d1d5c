/**
 * The plane services as the processes that a user runs: packaged jars, started, killed and stopped by tests and benchmarks,
 * against the real runtime.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.testing.planes;

import org.jspecify.annotations.NullMarked;

import com.google.errorprone.annotations.CheckReturnValue;
