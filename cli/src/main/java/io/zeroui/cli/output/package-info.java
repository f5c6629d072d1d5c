/**
 * What people and programs read: tables, a progress line, JSON. No I/O but the given writer.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.cli.output;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
