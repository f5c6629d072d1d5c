/**
 * The REST interface of Qdrant on the tenants' collections, for programs that have a Qdrant client and no other. It has no state of its
 * own: what it takes and answers is that of {@code vectors}, in Qdrant's form, errors too. The tenant comes from the key. What is served and
 * what is refused stands in {@code docs/qdrant.md}.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.product.vectors.qdrant;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
