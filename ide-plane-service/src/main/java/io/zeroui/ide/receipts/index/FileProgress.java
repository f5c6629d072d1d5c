package io.zeroui.ide.receipts.index;

import io.zeroui.ide.receipts.tail.SeenFile;
import org.jspecify.annotations.Nullable;

/** How far one file is indexed, and as what file it was seen. Only the indexer's loop touches it. */
final class FileProgress {

    volatile long indexedTo;
    volatile long knownSize;
    /** Size of the file when everything complete in it had been read; -1 when there may be more. */
    long readTo = -1;
    @Nullable
    SeenFile seen;
    boolean seamChecked;
    boolean missing;
    int looksWithoutFile;

    FileProgress(long indexedTo) {
        this.indexedTo = indexedTo;
    }
}
