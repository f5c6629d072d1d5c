/**
 * Datasets, suites and gates, in versions: the area {@code eval/harness}. Owns the tables {@code app.evaluation_documents} and
 * {@code app.evaluation_fixtures}, and the objects of datasets.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.evaluation.harness;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
