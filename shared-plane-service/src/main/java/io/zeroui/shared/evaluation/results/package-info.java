/**
 * Runs and their items and scores: the area {@code eval/results}. Owns the tables {@code app.evaluation_runs}, {@code app.evaluation_items},
 * {@code app.evaluation_scores} and {@code app.evaluation_artifacts}, and the objects with the results of runs.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.evaluation.results;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
