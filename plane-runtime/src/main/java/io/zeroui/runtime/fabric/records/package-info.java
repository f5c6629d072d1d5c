/** Files of records, one a line, that a single process writes: each append is on the disk when it returns, and what a crash tore is cut off and kept. */
@NullMarked
@CheckReturnValue
package io.zeroui.runtime.fabric.records;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
