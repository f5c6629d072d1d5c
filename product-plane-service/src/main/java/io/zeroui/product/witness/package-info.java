/**
 * The witness of the tenants' logs (C2SP tlog-witness, tlog-cosignature, over the bus): cosigns a checkpoint only when it goes
 * on from the last one that it has cosigned. Owns the table {@code witness.logs}; reads channel {@code tenant-checkpoints},
 * writes {@code product-cosignatures}.
 *
 * <p>
 * The new state is committed before the cosignature is made. A crash in between costs a cosignature, which the log asks for
 * again, and never lets two histories be cosigned.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.product.witness;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
