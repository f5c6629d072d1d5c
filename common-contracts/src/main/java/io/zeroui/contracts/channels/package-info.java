/**
 * The catalogue of channels, the only road between planes. Connector, Redis ACLs, boundary tests and
 * documents derive from it; {@link io.zeroui.contracts.channels.ChannelGuard} decides what may go on one.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.channels;

import org.jspecify.annotations.NullMarked;

import com.google.errorprone.annotations.CheckReturnValue;
