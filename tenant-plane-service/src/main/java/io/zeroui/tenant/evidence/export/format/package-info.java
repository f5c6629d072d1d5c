/** The formats of exports: a writer for each, from rows of the index and, where they are asked for, the stored lines. */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence.export.format;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
