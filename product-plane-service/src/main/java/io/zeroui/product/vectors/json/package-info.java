/**
 * How bodies with vectors are read: both interfaces, the plane's own and Qdrant's, read them with this. Owns no table and no channel.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.product.vectors.json;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
