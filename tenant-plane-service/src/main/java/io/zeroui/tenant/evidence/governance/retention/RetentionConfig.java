package io.zeroui.tenant.evidence.governance.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** When evidence goes that is not kept any longer. */
@ConfigMapping(prefix = "zeroui.evidence.retention")
interface RetentionConfig {

    /** How often every ledger is looked at. */
    @WithDefault("PT1H")
    Duration look();

    /** When the first look comes after the start: soon, for a crash may have left something to finish. */
    @WithDefault("PT30S")
    Duration firstLook();
}
