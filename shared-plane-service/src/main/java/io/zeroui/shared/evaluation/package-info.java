/**
 * Evaluations of models, policies, prompts and agents: what is run, what came of it, whether it may go on. What its parts share; owns no table.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.evaluation;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
