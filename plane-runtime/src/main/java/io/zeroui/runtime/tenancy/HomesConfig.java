package io.zeroui.runtime.tenancy;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Where tenants' rows may live in this plane. */
@ConfigMapping(prefix = "zeroui.homes")
public interface HomesConfig {

    /** Whether a tenant can be moved out of the shared tables: the plane's migrations have the functions for it. */
    @WithDefault("false")
    boolean movable();

    /**
     * File with the databases of the tier {@code database} (variable {@code ZEROUI_{PLANE}_DATABASES}): lines
     * {@code NAME.url=postgresql://…} for the serving login and {@code NAME.migration-url=postgresql://…} for the owner's. For
     * the service's eyes only.
     */
    Optional<Path> databases();

    /** Most connections to one such database. */
    @WithDefault("8")
    int connections();

    /** Pause between two looks at where tenants live, and between two attempts on a database that does not answer. */
    @WithDefault("PT2S")
    Duration refresh();
}
