/**
 * Texts in, texts out: documents are cut into chunks, embedded and kept as points of a collection, and found by what they mean. Everything known of a
 * document is in the payloads of its points; no tables, no streams.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.product.vectors.text;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
