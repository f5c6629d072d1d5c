/**
 * Signs what the shared plane has ruled and tells it to the planes that follow. Writes the stream {@code shared-registry}, reads
 * {@code tenant-ruling-questions} and {@code product-ruling-questions}; its files are {@code provider-registry/rulings/rulings.json} and
 * {@code provider-registry/trust/rulings.pem}.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.providers.publication;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
