package io.zeroui.shared.evaluation.formats;

import io.zeroui.shared.evaluation.model.ItemResult;
import java.io.IOException;

/** Takes the results of a file one by one. */
@FunctionalInterface
public interface ResultSink {

    /**
     * Takes the next one.
     *
     * @throws InvalidResults when it must not be kept
     * @throws IOException when it cannot be kept
     */
    void take(ItemResult result) throws InvalidResults, IOException;
}
