/**
 * Texts made into vectors: by the model all-MiniLM-L6-v2, which is built in and needs no network, and by services that speak the form of OpenAI's
 * {@code /v1/embeddings}. Pure computation and outside calls; no streams, no tables.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.product.vectors.text.embedding;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
