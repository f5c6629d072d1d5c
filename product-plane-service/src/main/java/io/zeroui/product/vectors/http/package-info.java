/**
 * Collections, points and searches over HTTP: {@code /v1/collections} and {@code /v1/collection-aliases}. Bodies are read here and bounded;
 * everything else is in {@code vectors}.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.product.vectors.http;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
