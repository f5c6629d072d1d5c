/**
 * The commands that make keys and receipts: {@code keys}, {@code receipts}, {@code probe} and {@code demo}. Private keys lie in
 * the state folder, public ones in {@code ZU_ROOT}'s trust folder.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.cli.emitting;

import org.jspecify.annotations.NullMarked;

import com.google.errorprone.annotations.CheckReturnValue;
