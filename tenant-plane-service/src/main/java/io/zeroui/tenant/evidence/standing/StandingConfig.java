package io.zeroui.tenant.evidence.standing;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How changes of keys are followed. */
@ConfigMapping(prefix = "zeroui.evidence.keys")
public interface StandingConfig {

    /** How often the tenants' trust folders are looked at. */
    @WithDefault("PT2S")
    Duration look();

    /** Most steps for one tenant before the next tenant has its turn. */
    @WithDefault("50")
    int stepsInTurn();
}
