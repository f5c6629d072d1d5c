/** How fast policies reach a fleet of edges, and how soon it is whole again. */
@NullMarked
@CheckReturnValue
package io.zeroui.bench.policies;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
