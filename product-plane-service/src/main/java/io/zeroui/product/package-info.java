/**
 * The product plane: what the product may know about the tenants' evidence, which is metadata.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.product;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
