package io.zeroui.runtime.intake;

import io.smallrye.mutiny.Uni;
import java.util.List;

/**
 * What takes the lines of one stream in.
 *
 * @param <S> what the plane says of a stored receipt
 */
public interface LineIntake<S> {

    /**
     * Takes lines in, each without its line feed and at most as long as the limit. Batches of a stream are submitted in its
     * order, several may be under way.
     *
     * @return one outcome per line, in their order; fails when nothing is promised about any of them. Once subscribed the work
     *         is done even if nobody waits for the outcome any more
     */
    Uni<List<SubmitOutcome<S>>> submit(List<byte[]> lines);

    /** Completes when more may be submitted: slows the stream down to what can be followed. */
    Uni<Boolean> ready();
}
