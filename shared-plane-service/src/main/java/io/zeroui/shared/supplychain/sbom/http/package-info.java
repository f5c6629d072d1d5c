/**
 * The interface of bills of materials: {@code /v1/sboms} and {@code /v1/components}.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.supplychain.sbom.http;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
