package io.zeroui.runtime.intake;

import java.time.Duration;

/**
 * Bounds of bulk streams.
 *
 * @param lineBytes longest line, without its line feed
 * @param batchLines most lines of a stream that go through together
 * @param batchBytes most bytes of a stream that go through together
 * @param batchesInFlight batches of one stream that are under way at the same time
 * @param streams streams that are served at the same time
 * @param streamsPerOwner the same of one owner
 * @param lineTime how long a line may take that the service waits for; then its stream is ended
 */
public record BulkLimits(int lineBytes, int batchLines, int batchBytes, int batchesInFlight, int streams, int streamsPerOwner,
        Duration lineTime) {

    /** A line that is so many times longer than the longest ends its stream. */
    private static final int HOPELESS = 1024;

    /** Bytes of a line that are read and thrown away before its stream is ended. */
    long hopelessBytes() {
        return (long) lineBytes * HOPELESS;
    }
}
