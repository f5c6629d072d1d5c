/**
 * Collections made anew with the vectors of another model: beside the one that is used, and then in its place. Table
 * {@code app.vector_reembeddings}.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.product.vectors.text.reembedding;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
