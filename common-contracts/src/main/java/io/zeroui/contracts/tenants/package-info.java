/**
 * What the planes say about tenants and edges: states and isolation. No streams, tables or files of its own; the registry
 * itself is the product plane's.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.tenants;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
