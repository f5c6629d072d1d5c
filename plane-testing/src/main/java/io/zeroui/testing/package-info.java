/**
 * What tests of every module stand on: a real PostgreSQL cluster per plane and a real Redis ({@link
 * io.zeroui.testing.RealRuntime}, for Quarkus tests {@link io.zeroui.testing.PlaneResource}), a temporary {@code ZU_ROOT}
 * ({@link io.zeroui.testing.TempZuRoot}) and receipts signed with real keys ({@link
 * io.zeroui.testing.SignedReceipts}). Owns the state folders of test runtimes below the machine's temporary folder.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.testing;

import org.jspecify.annotations.NullMarked;

import com.google.errorprone.annotations.CheckReturnValue;
