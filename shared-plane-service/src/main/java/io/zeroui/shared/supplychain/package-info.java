/**
 * What software is made of, and what is said of its vulnerabilities: {@code sbom} and {@code vex}.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.supplychain;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
