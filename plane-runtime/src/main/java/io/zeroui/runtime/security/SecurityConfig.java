package io.zeroui.runtime.security;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Credentials. */
@ConfigMapping(prefix = "zeroui.security")
public interface SecurityConfig {

    /**
     * Hash of the first administrator key, {@code {key id}:{64 hexadecimal digits}} (variable
     * {@code ZEROUI_ADMIN_KEY_HASH}). It may do everything in every plane; absent means that there is none.
     */
    Optional<String> adminKeyHash();

    /** How often the keys are read again: how long another instance's revocation may go unnoticed. At most 5 s. */
    @WithDefault("PT2S")
    Duration refresh();

    /** How long keys that are known go on working while the database does not answer. */
    @WithDefault("PT5M")
    Duration outage();

    /** The most keys that a plane may have. */
    @WithDefault("10000")
    int keysMost();

    /** Tokens; none are accepted without an issuer and keys. */
    Jwt jwt();

    /** JSON Web Tokens. */
    interface Jwt {
        /** The only issuer whose tokens are accepted (variable {@code ZEROUI_JWT_ISSUER}). */
        Optional<String> issuer();

        /** What tokens must name as their audience (variable {@code ZEROUI_JWT_AUDIENCE}). */
        @WithDefault("zeroui")
        String audience();

        /**
         * File with the issuer's public keys, a JWK set or one PEM (variable {@code ZEROUI_JWT_KEYS}). It is read again every
         * {@link SecurityConfig#refresh()}, so that the issuer can rotate them.
         */
        Optional<Path> keys();
    }
}
