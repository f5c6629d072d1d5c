package io.zeroui.runtime.intake;

/**
 * Bounds of bulk streams.
 *
 * @param lineBytes longest line, without its line feed
 * @param batchLines most lines of a stream that go through together
 * @param batchBytes most bytes of a stream that go through together
 * @param batchesInFlight batches of one stream that are under way at the same time
 * @param streams streams that are served at the same time
 */
public record BulkLimits(int lineBytes, int batchLines, int batchBytes, int batchesInFlight, int streams) {
}
