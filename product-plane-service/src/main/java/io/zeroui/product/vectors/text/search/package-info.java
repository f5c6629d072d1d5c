/** Search by a text: it is embedded as the collection's documents are, and what means something alike is found, with its words or without. */
@NullMarked
@CheckReturnValue
package io.zeroui.product.vectors.text.search;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
