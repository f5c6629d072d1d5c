/**
 * The statements over {@code app.sboms}, {@code app.components} and what belongs to them; all of it computed from {@code security/sbom}.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.supplychain.sbom.store;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
