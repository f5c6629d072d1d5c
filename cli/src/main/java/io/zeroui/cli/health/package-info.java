/**
 * The commands {@code status} and {@code smoke}. Writes one short entry to {@code zeroui:events} and removes it.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.cli.health;

import org.jspecify.annotations.NullMarked;

import com.google.errorprone.annotations.CheckReturnValue;
