/**
 * Bills of materials: {@code Sboms} takes them in, as objects and acts of {@code security/sbom}, and answers from what is computed of them. Long ones
 * are taken in by a job. No tables of its own: {@code store} has them.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.supplychain.sbom;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
