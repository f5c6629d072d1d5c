/**
 * Witnesses outside, asked over HTTP as C2SP tlog-witness says. The only place of a service that calls anybody: a witness is
 * nobody's plane. No streams, tables or files of its own.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence.witness.outside;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
