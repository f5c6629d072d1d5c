/**
 * Redis Streams as SmallRye Reactive Messaging channels: reading in batches through consumer groups, acknowledgement after the effect, claiming of what a dead consumer left, dead-letter streams, trimming behind the slowest group, publishing. The only package that speaks the Redis stream commands.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.runtime.streams;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
