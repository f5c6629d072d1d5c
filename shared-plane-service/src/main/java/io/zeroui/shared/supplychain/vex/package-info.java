/**
 * Statements on whether vulnerabilities can be exploited in products (VEX): OpenVEX, CycloneDX and CSAF documents, kept as objects of
 * {@code security/sbom}, and the tables {@code app.vex_documents} and {@code app.vex_statements}.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.supplychain.vex;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
