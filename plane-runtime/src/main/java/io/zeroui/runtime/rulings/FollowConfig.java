package io.zeroui.runtime.rulings;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How rulings are followed. */
@ConfigMapping(prefix = "zeroui.rulings.follow")
interface FollowConfig {

    /** A file with the public keys whose rulings are believed (variable {@code ZEROUI_RULINGS_TRUST}), in PEM; without it none are. */
    Optional<Path> trust();

    /** How often it is asked whether there are newer ones: what was lost on the way comes then. */
    @WithDefault("PT5S")
    Duration ask();

    /** How often it is looked whether another instance has newer ones, or whether the keys are others. */
    @WithDefault("PT0.25S")
    Duration look();
}
