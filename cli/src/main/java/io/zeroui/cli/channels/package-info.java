/**
 * Prints what is derived from the catalogue of channels: the page for people and the access control list of Redis. Reads
 * nothing and asks nobody.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.cli.channels;

import org.jspecify.annotations.NullMarked;

import com.google.errorprone.annotations.CheckReturnValue;
