package io.zeroui.shared.providers.publication;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How rulings are signed and told. */
@ConfigMapping(prefix = "zeroui.rulings.signing")
interface RulingsConfig {

    /**
     * The file with the private key (variable {@code ZEROUI_RULINGS_KEY}): a seed of 64 hex digits, which nobody else may read; without it
     * nothing is signed.
     */
    Optional<Path> key();

    /** Raised to begin the versions anew, where a wrong clock has made them too high (variable {@code ZEROUI_RULINGS_EPOCH}). */
    @WithDefault("1")
    long epoch();

    /** How long rulings are believed to be the newest; they are signed again when half of it is over. */
    @WithDefault("P1D")
    Duration lifetime();

    /** How often it is looked whether verdicts have changed or something must be signed again. */
    @WithDefault("PT2S")
    Duration look();
}
