/**
 * What every bill of materials comes down to, whatever its format: components with their names, package URLs, licences and hashes, and who depends on
 * whom. No I/O.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.supplychain.sbom.model;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
