/**
 * Gates: what the scores of a run must be like, and whether they are. Pure; owns no table and no file.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.evaluation.gates;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
