package io.zeroui.runtime.policy.bundles;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How bundles are made and fetched. */
@ConfigMapping(prefix = "zeroui.policy.bundles")
public interface BundleConfig {

    /**
     * The private key that bundles are signed with (variable {@code ZEROUI_BUNDLE_KEY}): a file that nobody else may read, RSA of 2,048 bits or
     * more, PKCS #8 in PEM. Without it bundles are not signed.
     */
    Optional<Path> key();

    /** Id of the key, as verifiers know it (variable {@code ZEROUI_BUNDLE_KEY_ID}). */
    @WithDefault("zeroui")
    String keyId();

    /** The scope that a verifier must be configured with too; without it verifiers must have none. */
    Optional<String> scope();

    /** Longest wait of a caller who asks for what is new, whatever he wishes. */
    @WithDefault("PT60S")
    Duration waitMost();

    /** Callers that wait at once. */
    @WithDefault("512")
    int waiting();

    /** The same of one tenant. */
    @WithDefault("128")
    int waitingOfTenant();

    /** Largest bundle in bytes, before it is compressed. */
    @WithDefault("33554432")
    long maxBytes();

    /** Bundles that are kept in memory, in bytes of all of them together. */
    @WithDefault("67108864")
    long keptBytes();

    /** The same of one tenant's. */
    @WithDefault("33554432")
    long keptBytesOfTenant();
}
