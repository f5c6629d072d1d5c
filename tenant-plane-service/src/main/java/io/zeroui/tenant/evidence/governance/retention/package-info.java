/**
 * How long tenants keep their evidence: the rule, which is an act in the ledger, who may set it, and the look that lets older days
 * go unless a legal hold keeps them. How they go is the package {@code io.zeroui.tenant.evidence.retention}.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence.governance.retention;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
