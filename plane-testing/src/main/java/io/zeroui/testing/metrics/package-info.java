/**
 * Whether Prometheus' rules and Grafana's dashboards ask for metrics that a running service really has.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.testing.metrics;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
