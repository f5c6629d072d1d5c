package io.zeroui.tenant.evidence.claims;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How changes of what was released are followed. */
@ConfigMapping(prefix = "zeroui.evidence.claims")
interface ClaimConfig {

    /** How often the tenants' histories are looked at. */
    @WithDefault("PT2S")
    Duration look();
}
