/**
 * What the shared plane has ruled: by which rules providers may be used, and which evaluations were passed. One signed document has all
 * of it, so whoever keeps a verified copy answers without asking. A document is believed when a pinned key has signed it and it is not
 * older than the one before; when it has expired it still counts, and is shown as stale. No I/O.
 */
@NullMarked
@CheckReturnValue
package io.zeroui.contracts.rulings;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
