/**
 * When an alert is raised and when it ends: rules, readings and the steps between states. Pure: no I/O, no clock, no framework.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.alerts.rules;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
