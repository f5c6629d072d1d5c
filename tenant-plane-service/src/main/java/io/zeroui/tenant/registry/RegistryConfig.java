package io.zeroui.tenant.registry;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the registry of tenants is followed. */
@ConfigMapping(prefix = "zeroui.registry")
public interface RegistryConfig {

    /** How often the product plane is asked what is new. */
    @WithDefault("10s")
    Duration ask();

    /** How often the mirror is read again, for what another instance of this service heard. */
    @WithDefault("2s")
    Duration refresh();

    /** How long receipts of an unknown tenant wait for the product plane's answer before they are held back. */
    @WithDefault("3s")
    Duration patience();

    /**
     * What happens to receipts of edges that are not enrolled (variable {@code ZEROUI_REGISTRY_UNENROLLED_EDGES}):
     * {@code accept} on one machine, where the edge has the IDE plane's own login; {@code refuse} where every edge has its own.
     */
    @WithDefault("accept")
    UnenrolledEdges unenrolledEdges();

    /** What happens to receipts of edges that are not enrolled. */
    enum UnenrolledEdges {
        /** They are taken. */
        ACCEPT,
        /** They go to the dead-letter folder. */
        REFUSE
    }
}
