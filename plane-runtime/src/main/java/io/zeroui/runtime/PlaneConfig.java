package io.zeroui.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.Optional;

/** Who this service is and where its files are. */
@ConfigMapping(prefix = "zeroui")
public interface PlaneConfig {

    /** The plane this service owns: {@code ide}, {@code tenant}, {@code product} or {@code shared}. */
    String plane();

    /** Region in the paths below {@code ZU_ROOT} (variable {@code ZEROUI_REGION}). */
    @WithDefault("local")
    String region();

    /** Name of this instance in consumer groups and telemetry; must differ between replicas, and stay over restarts. */
    @WithDefault("${HOSTNAME:host}")
    String instance();

    /** The storage fabric. */
    Fabric fabric();

    /** The enrolment of this edge; only the IDE plane reads it. */
    Edge edge();

    /** Where files are. */
    interface Fabric {
        /** Absolute path of {@code ZU_ROOT} (variable {@code ZU_ROOT}). */
        Path root();
    }

    /** One laptop's enrolment. */
    interface Edge {
        /** Identity of this edge in envelopes and acknowledgements (variable {@code ZEROUI_EDGE_ID}). */
        @WithDefault("edge-local")
        String id();

        /**
         * The tenant this edge is enrolled for (variable {@code ZEROUI_EDGE_TENANT}). Absent means a development
         * enrolment: a receipt's own {@code tenant_id} counts, and {@code local} where it has none.
         */
        Optional<String> tenant();
    }
}
