package io.zeroui.ide.receipts;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits and pauses of taking in and indexing receipts. */
@ConfigMapping(prefix = "zeroui.ide.receipts")
public interface ReceiptsConfig {

    /** Longest line, in bytes without its line feed. */
    @WithDefault("262144")
    int maxLineBytes();

    /** Most lines of a stream that are checked and appended together. */
    @WithDefault("256")
    int batchLines();

    /** Most bytes of a stream that are checked and appended together. */
    @WithDefault("524288")
    int batchBytes();

    /** Batches of one stream that are under way at the same time. */
    @WithDefault("4")
    int batchesInFlight();

    /** Bulk streams that are served at the same time; more are answered 503. */
    @WithDefault("32")
    int maxStreams();

    /** How long a stream's line may take while nothing but its sender is waited for; then the stream is ended. */
    @WithDefault("PT30S")
    Duration lineTime();

    /** Single receipts that are under way at the same time; more are answered 503. */
    @WithDefault("512")
    int maxSingles();

    /** Threads that check receipts; 0 means one per processor. */
    @WithDefault("0")
    int checkThreads();

    /** How long the database may take to say whether an id is known; after that the answer is deferred. */
    @WithDefault("PT2S")
    Duration lookupTimeout();

    /** How long intake goes on without asking the database after it did not answer. */
    @WithDefault("PT1S")
    Duration lookupPause();

    /** How long a receipt waits for another with the same id that is being stored. */
    @WithDefault("PT3S")
    Duration claimTimeout();

    /** Most receipts that are remembered between append and index to keep ids unique. */
    @WithDefault("100000")
    int maxClaims();

    /** Most appended receipts that wait in memory for the index; beyond that they are read from their files again. */
    @WithDefault("50000")
    int maxQueued();

    /** Streams are slowed down while more appended receipts than this wait for the index. */
    @WithDefault("20000")
    int slowDownAt();

    /** Most receipts in one index transaction. */
    @WithDefault("1000")
    int indexBatch();

    /** How long one index transaction may take. */
    @WithDefault("PT15S")
    Duration indexTimeout();

    /** Pause between two looks at the files that others may have appended to. */
    @WithDefault("PT0.2S")
    Duration poll();
}
