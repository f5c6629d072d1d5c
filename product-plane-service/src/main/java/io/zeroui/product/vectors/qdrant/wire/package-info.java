/**
 * The JSON of Qdrant's REST interface: requests become what collections, points and searches are here, and answers become what Qdrant's
 * clients read. Every member of a request is read or refused. No I/O.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.product.vectors.qdrant.wire;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
