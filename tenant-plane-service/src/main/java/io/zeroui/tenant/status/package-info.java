/**
 * How the tenant plane is: a status document over HTTP, and the same counts as telemetry on the channel
 * {@code tenant-telemetry}. No tables, no files.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.status;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
