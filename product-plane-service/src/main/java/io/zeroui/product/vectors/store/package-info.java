/**
 * The statements of the vectors' capability over {@code app.vector_*}: every one in a transaction that says for which tenant it is. What a
 * process knows of a collection may be old; each transaction asks for its revision, and one that went to the wrong place comes again.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.product.vectors.store;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
