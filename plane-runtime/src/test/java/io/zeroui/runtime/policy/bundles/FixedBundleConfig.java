package io.zeroui.runtime.policy.bundles;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Settings of a test. */
record FixedBundleConfig(Optional<Path> key, Optional<String> scope, Duration waitMost, int waiting, int waitingOfTenant, long maxBytes, long keptBytes,
        long keptBytesOfTenant) implements BundleConfig {

    static final FixedBundleConfig PLAIN = new FixedBundleConfig(Optional.empty(), Optional.empty(), Duration.ofSeconds(60), 3, 2, 1 << 20, 1 << 20,
            1 << 20);

    FixedBundleConfig withKey(Path file) {
        return new FixedBundleConfig(Optional.of(file), scope, waitMost, waiting, waitingOfTenant, maxBytes, keptBytes, keptBytesOfTenant);
    }

    FixedBundleConfig withScope(String wanted) {
        return new FixedBundleConfig(key, Optional.of(wanted), waitMost, waiting, waitingOfTenant, maxBytes, keptBytes, keptBytesOfTenant);
    }

    @Override
    public String keyId() {
        return "test-key";
    }
}
