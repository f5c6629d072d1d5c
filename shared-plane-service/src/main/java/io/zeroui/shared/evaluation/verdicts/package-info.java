/**
 * What gates have decided, and what of it is told the other planes. Acts are in the area {@code eval/results}; owns the table
 * {@code app.evaluation_verdicts}.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.evaluation.verdicts;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
