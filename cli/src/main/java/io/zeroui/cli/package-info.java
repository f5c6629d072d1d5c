/**
 * The command line of ZeroUI Planes: entry point, and how failures become messages and exit codes.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.cli;

import org.jspecify.annotations.NullMarked;

import com.google.errorprone.annotations.CheckReturnValue;
