package io.zeroui.product.policy.registry;

import java.time.Duration;
import java.util.Optional;

/** Settings of a test; everything is tried again at once. */
public record FixedConfig(String key) implements PolicyConfig {

    @Override
    public Optional<String> snapshotKey() {
        return Optional.of(key);
    }

    @Override
    public Duration publicationWait() {
        return Duration.ofSeconds(30);
    }

    @Override
    public Duration publicationTimeout() {
        return Duration.ofSeconds(30);
    }

    @Override
    public Duration publicationRetry() {
        return Duration.ofMillis(1);
    }

    @Override
    public Duration indexTimeout() {
        return Duration.ofSeconds(30);
    }
}
