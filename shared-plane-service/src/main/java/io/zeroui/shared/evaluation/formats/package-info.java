/**
 * Result files of other tools, read and written item by item in bounded memory: promptfoo, Inspect, OpenAI's evals, and lines of JSON of our own.
 * Pure but for the streams that it is given; owns no table and no file.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.evaluation.formats;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
