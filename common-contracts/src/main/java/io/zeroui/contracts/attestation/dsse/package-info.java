/**
 * What is signed: DSSE envelopes (https://github.com/secure-systems-lab/dsse) and in them in-toto statements, of which
 * SLSA provenance is read further. Bytes in, records out; nothing is verified here.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.attestation.dsse;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
