/**
 * The registry of providers as its acts make it: who holds which namespace, which versions there are and how they stand, which rules
 * count. It alone says what is allowed. No I/O.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.providers.book;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
