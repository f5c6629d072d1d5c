/**
 * The running system as seen from outside: where it is, and what its services, databases and Redis answer. Owns no data.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.cli.system;

import org.jspecify.annotations.NullMarked;

import com.google.errorprone.annotations.CheckReturnValue;
