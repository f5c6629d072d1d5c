/** Exports of receipts into files. */
@NullMarked
@CheckReturnValue
package io.zeroui.cli.exports;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
