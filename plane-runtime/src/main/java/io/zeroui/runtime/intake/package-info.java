/**
 * Taking receipts in over HTTP, as every plane that does so does it: one receipt as a body, or a stream of them as NDJSON with
 * one answer per line, with bounded memory. What becomes of a line is the plane's own business. Owns no table and no file.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.runtime.intake;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
