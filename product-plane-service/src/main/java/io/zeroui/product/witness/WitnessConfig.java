package io.zeroui.product.witness;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** The witness of the tenants' logs. */
@ConfigMapping(prefix = "zeroui.witness")
public interface WitnessConfig {

    /** Seed of the Ed25519 key that cosigns (variable {@code ZEROUI_WITNESS_KEY}), 64 hex digits; without it there is no witness. A secret. */
    Optional<String> key();

    /** The witness' name, a schema-less URL as C2SP signed-note recommends. */
    @WithDefault("zeroui.local/witness")
    String name();

    /** What the logs' names begin with (variable {@code ZEROUI_EVIDENCE_LOG_ORIGIN}), as in the tenant plane. */
    @WithDefault("zeroui.local/evidence")
    String origin();

    /** Most bytes of one offer. */
    @WithDefault("32768")
    int eventBytes();
}
