package io.zeroui.ide.receipts.index;

import io.zeroui.ide.receipts.index.IndexQueue.Appended;
import java.util.List;

/**
 * A part of a file that is to be indexed: it begins where the file's index ends.
 *
 * @param file path relative to {@code ZU_ROOT}
 * @param end where the file's index will end
 * @param lines the receipts in it; all other lines are in quarantine
 * @param fromDisk whether it was read from the file, where others may have written it
 */
record Stretch(String file, long end, List<Appended> lines, boolean fromDisk) {
}
