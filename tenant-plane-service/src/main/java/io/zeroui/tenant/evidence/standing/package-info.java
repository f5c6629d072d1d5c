/**
 * Notices that a tenant's keys were revoked, replaced, added or removed, and judges the receipts of these keys anew: their
 * {@code signature_status} in {@code app.receipts_index}, whose other columns stay. Owns the table {@code app.key_evaluations};
 * reads {@code tenant/{tenant}/{region}/policy/trust/pubkeys} and writes documents there for keys that have none.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.tenant.evidence.standing;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
