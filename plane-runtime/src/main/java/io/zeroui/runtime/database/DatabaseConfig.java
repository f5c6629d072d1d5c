package io.zeroui.runtime.database;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Schema settings of the plane's database. */
@ConfigMapping(prefix = "zeroui.database")
public interface DatabaseConfig {

    /** The owner's login; absent means that this service only checks the schema. */
    Migration migration();

    /** Pause between two attempts while the database does not answer. */
    @WithDefault("PT1S")
    Duration retry();

    /**
     * Whether readiness follows the database after the start. The IDE plane stays ready: it accepts receipts without
     * its database.
     */
    @WithDefault("true")
    boolean requiredForReadiness();

    /** The owner's login, derived from {@code ZEROUI_{PLANE}_DB_MIGRATION_URL}. */
    interface Migration {
        /** JDBC address. */
        Optional<String> jdbcUrl();

        /** Owner login. */
        Optional<String> user();

        /** Owner password. */
        Optional<String> password();
    }
}
