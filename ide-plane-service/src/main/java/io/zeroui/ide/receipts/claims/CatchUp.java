package io.zeroui.ide.receipts.claims;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether the index and the claims together know every id in the files. Not at the start, until the files have been read
 * to the end they had then; not after claims were forgotten early or an append ended in doubt.
 */
@ApplicationScoped
public class CatchUp {

    private final AtomicLong fallen = new AtomicLong(1);
    private volatile long caughtUp;

    CatchUp() {
    }

    /** Whether an id that neither the index nor the claims have is certainly new. */
    public boolean isComplete() {
        return caughtUp == fallen.get();
    }

    /** There may be a line in a file that nobody knows of until the files have been read to their present end. */
    public void fellBehind() {
        fallen.incrementAndGet();
    }

    /** To be taken before the files' sizes are looked at. */
    public long mark() {
        return fallen.get();
    }

    /** Everything up to the sizes that were looked at after {@link #mark()} is in the index. */
    public void caughtUp(long mark) {
        caughtUp = mark;
    }
}
