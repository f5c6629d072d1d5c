/**
 * The command {@code reindex}: empties a plane's database with the owner's login and follows the rebuild from files.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.cli.rebuild;

import org.jspecify.annotations.NullMarked;

import com.google.errorprone.annotations.CheckReturnValue;
