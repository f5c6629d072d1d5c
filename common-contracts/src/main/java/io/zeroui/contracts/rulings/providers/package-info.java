/**
 * May a tenant use a model with data of a category in a region through an adapter? The rules in the form in which they travel, and the
 * decision, which is a function of them, the question and the time. Nothing is allowed that no rule allows; a rule that denies beats
 * every rule that allows. No I/O.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.rulings.providers;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
