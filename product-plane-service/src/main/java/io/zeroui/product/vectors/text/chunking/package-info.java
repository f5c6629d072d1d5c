/** Documents cut into pieces that a model sees whole: by paragraphs and sentences, overlapping. No I/O. */
@NullMarked
@CheckReturnValue
package io.zeroui.product.vectors.text.chunking;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
