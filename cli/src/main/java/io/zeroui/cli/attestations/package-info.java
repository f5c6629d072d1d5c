/** Commands about attestations: those of the shared plane over HTTP, and the verification of files without any plane. */
@NullMarked
@CheckReturnValue
package io.zeroui.cli.attestations;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
