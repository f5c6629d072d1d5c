package io.zeroui.tenant.evidence.index;

import io.zeroui.tenant.evidence.journal.JournalPosition;
import org.jspecify.annotations.Nullable;

/**
 * How far a tenant's journal is indexed.
 *
 * @param sequence last indexed sequence; 0 when nothing is
 * @param position where the next line begins; null when nothing is indexed
 */
record Watermark(long sequence, @Nullable JournalPosition position) {

    static final Watermark NOTHING = new Watermark(0, null);
}
