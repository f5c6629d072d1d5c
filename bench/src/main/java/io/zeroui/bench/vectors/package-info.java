/**
 * Search by nearness, measured on the same points beside PostgreSQL alone on the service's own table, Redis' vector sets and Chroma: each is
 * told to look harder until it finds as much of what an exact comparison finds, then it is timed.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.bench.vectors;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
