/** What software is made of, as the shared plane keeps it. */
@NullMarked
@CheckReturnValue
package io.zeroui.cli.supplychain;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
