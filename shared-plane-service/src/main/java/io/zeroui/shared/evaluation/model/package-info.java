/**
 * What an evaluation is made of: suites and their graders, datasets of fixtures, runs, items with scores. Pure; owns no table and no file.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.evaluation.model;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
