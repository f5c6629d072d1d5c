/**
 * Tables of the registry, computed from its journal: {@code app.provider_namespaces}, {@code app.provider_entries},
 * {@code app.provider_standings}, {@code app.provider_rules}, {@code app.provider_history}. For lists and the audit; no decision reads them.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.shared.providers.index;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
