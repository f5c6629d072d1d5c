/**
 * Reads bills of materials in bounded memory: {@code SbomReader} looks at a file, a streaming pass refuses what is too deep, too long or has entities,
 * and then CycloneDX is read element by element, SPDX by its library. No tables, no streams.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.supplychain.sbom.read;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
