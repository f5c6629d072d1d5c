/**
 * The one way to run a statement: in a transaction whose first act says for which tenant it is, or that it is for the
 * plane's own machinery. Nothing else in a service gets a database connection. No tables of its own.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.runtime.tenancy;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
