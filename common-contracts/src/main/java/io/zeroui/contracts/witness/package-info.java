/**
 * What logs and witnesses say to each other: over the bus as payload records, and over HTTP in the form of C2SP tlog-witness.
 * Bounded, and strict about what is read. No I/O.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.witness;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
